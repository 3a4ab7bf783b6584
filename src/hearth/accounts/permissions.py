"""What may be done with accounts."""

MANAGE = "accounts.manage"  # invite, give and end roles and posts
