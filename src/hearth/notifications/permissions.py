"""What may be done with messages."""

OUTBOX = "notifications.outbox"  # see what was sent, what failed, and try again
