"""Customer Access Reviews: reading, writing, checking, signing, publishing and following up equality assessments.

What it is not: it holds no person's data, and it never decides for the officer; it asks, warns and keeps the record.
"""
