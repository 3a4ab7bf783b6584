"""Measures with their provenance: the regulator's published figures, recomputed, and where a landlord stands.

What it is not: it computes and does not judge.
"""
