"""Every way to change what this room keeps: one verb a function."""
