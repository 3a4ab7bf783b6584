"""Files are checked and brought in, and people kept twice are looked for."""
