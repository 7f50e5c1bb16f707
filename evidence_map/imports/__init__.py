"""References from databases and reference managers, read into draft records."""
