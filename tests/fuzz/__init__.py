"""Fuzzing: whatever bytes come in, the program reads them or says in its own words why it cannot."""
