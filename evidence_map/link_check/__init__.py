"""Whether what a review points to is still there: its DOIs, its addresses, the papers themselves."""
