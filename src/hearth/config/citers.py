"""Who cites an indicator, an aim, a law or a document: functions of its kind and code or title.

Each is called with "indicator", "aim", "law" or "document" and the code (else the title), and gives (title, address).
"""

from collections.abc import Callable, Iterable

CITERS: list[Callable[[str, str], Iterable[tuple[str, str]]]] = []
