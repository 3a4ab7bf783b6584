"""Printed figures, read and judged."""
