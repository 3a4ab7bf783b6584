"""What the pages of reviews show, in words."""
