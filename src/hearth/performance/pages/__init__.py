"""What this room's pages show, in words."""
