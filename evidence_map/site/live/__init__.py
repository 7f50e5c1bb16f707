"""What the live pages of a site load: compact columns to count with, and texts to list."""
