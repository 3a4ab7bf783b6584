"""Promises: who does what by when, how it is checked, what proves that it was done, and where it came from.

What it is not: it does not know the rooms that promise; they hand over a reference and their own words.
"""
