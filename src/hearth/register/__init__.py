"""Who lives where: homes, people, tenancies, how each may be reached and what each needs.

What it is not: it holds no protected characteristics, and nothing of why somebody must be contacted safely.
"""
