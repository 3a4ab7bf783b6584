"""The ground of every table: the base record, the landlord wall, the privacy map, news between rooms, jobs.

What it is not: it knows no noun of the landlord's and decides nothing.
"""
