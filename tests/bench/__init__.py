"""Measurements. They are commands and never tests: see ``make bench``."""
