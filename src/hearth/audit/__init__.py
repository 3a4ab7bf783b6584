"""Who did what to which thing, and when: append-only, sealed into a chain that shows any later change.

What it is not: no business logic reads it, and it holds no copy of what a record says.
"""
