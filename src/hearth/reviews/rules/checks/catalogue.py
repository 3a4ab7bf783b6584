"""What a check is: a code, a level, a line of plain words, an authority, and a function that looks.

Every check is a `Check`. The lists of checks stand beside their functions; `hearth.reviews.rules.checks.CATALOGUE`
puts them together, so that one page can show every check with the case or the rule behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

Look = Callable[[Content, Form, Context], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """One check. `parts` are the parts of the content that it reads; `looks` never raises.

    Only a blocking check may be `overridable`: signing then goes on with a recorded reason.
    """

    code: str  # "C07"
    level: Level  # the loudest level at which it speaks
    title: str  # one line, plain words: what it looks for
    source: str  # the case, standard or rule behind it
    looks: Look
    parts: tuple[str, ...] = ()
    overridable: bool = False

    def run(self, content: Content, form: Form, context: Context) -> tuple[Finding, ...]:
        """What this check finds in one review."""
        return tuple(self.looks(content, form, context))
