"""What each version of a review added and changed, told from its history in git."""
