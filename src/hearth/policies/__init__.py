"""Documents under governance, and what they answer to: laws, standards, corporate aims, indicators, committee reports.

What it is not: it does not judge whether a law is met, and it computes no measure.
"""
