"""Every way to read what this room keeps."""
