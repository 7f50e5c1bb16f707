"""The workflows of GitHub: their form, their rights, and their steps run as they are written."""
