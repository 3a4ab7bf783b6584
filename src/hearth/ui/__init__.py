"""Pages of the GOV.UK Design System: layout, form fields that draw themselves, tables, charts, generic views.

What it is not: it holds no room's words, no noun of the landlord and no rule; it asks nobody who is signed in.
"""
