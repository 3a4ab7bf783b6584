"""Letters, emails and texts: composed, sent, delivered or failed.

What it is not: it knows no person and decides nothing, only a ready recipient and ready words.
"""
