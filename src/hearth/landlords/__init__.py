"""The organisation: its name and look, its posts and formal bodies, and its dated settings.

What it is not: it knows no resident, and nobody who signs in.
"""
