"""Those who sign in: their accounts, the roles they hold and the posts they fill, day by day.

What it is not: it is no register of residents, and it knows nothing of what the roles allow; that is wired in config.
"""
