"""The review in the formats that other programs read."""
