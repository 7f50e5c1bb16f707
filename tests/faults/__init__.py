"""Faults: whatever fails around the program, it ends with what was there, or with all that is new."""
