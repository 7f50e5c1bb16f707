"""Tables and numbers for the manuscript of a review, from the database that its site shows."""
