"""Starting a review of one's own: what is asked, what is written, and where it is put."""
