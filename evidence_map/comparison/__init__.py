"""What differs between two states of a review: read from git, stored, compared by SQL, told in words."""
