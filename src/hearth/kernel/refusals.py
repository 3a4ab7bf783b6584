"""A refusal is one plain sentence, fit to show to the person who asked."""


class Refused(Exception):
    """A rule says no. The message is a sentence for the page; `field` names the answer that it is about."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message
