"""The published pages, made from the database."""
