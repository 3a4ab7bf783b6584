"""A message is sent once, retried for a while, and then put before a person (SYS-05)."""

TRIES = 6  # after that the message is marked as failed and shown to an officer


def gives_up(tries: int) -> bool:
    """Whether a message that failed this often is left to a person."""
    return tries >= TRIES
