"""Checklists of reporting, answered from the data as far as data can answer them."""
