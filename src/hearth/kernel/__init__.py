"""Pure rules that every room shares: days, periods, counts, words, papers, refusals.

What it is not: it knows no Django, no clock, no file and no network, and none of the landlord's nouns.
"""
