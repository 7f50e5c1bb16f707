"""A review by people who mean harm, and what the program makes of it."""
