"""The officer's home: what is due, in due order, and the ways to everything else.

What it is not: it holds nothing of its own.
"""
