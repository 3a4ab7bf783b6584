"""Counts of people: percentages that are honest about their base, and tables that give nobody away."""
