"""The public's door: what a landlord has decided and published, readable by anybody, without an account.

What it is not: it never shows a draft, a person, or a small number.
"""
