"""Equality figures: category sets as dated data, profiles frozen with base, source and date, and what may be shown.

What it is not: it never hands out a person's characteristics; only counts leave the room, small ones hidden.
"""
