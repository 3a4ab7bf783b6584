"""What may be done with accounts."""

MANAGE = "accounts.manage"  # invite, give and end roles and posts
OPEN_FOR_RESIDENTS = "accounts.open_for_residents"  # send residents the code with which they open their own account
