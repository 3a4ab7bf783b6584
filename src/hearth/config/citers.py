"""Who cites an indicator, an aim, a law or a document: functions of its kind and code or title.

Each is called with "indicator", "aim", "law" or "document" and the code (else the title), and gives (title, address).
"""

from collections.abc import Callable, Iterable

from django.urls import reverse

from hearth.reviews import queries as reviews


def citing_reviews(kind: str, code: str) -> Iterable[tuple[str, str]]:
    """The reviews that name an indicator, an aim or a law, or that assess a document (CAR-07, CAR-08, GOV-22)."""
    find = {
        "indicator": reviews.citing_indicator,
        "aim": reviews.citing_aim,
        "law": lambda title: reviews.naming_law([title]),
        "document": reviews.of_document,
    }.get(kind)
    found = find(code) if find else []
    return [(str(review), reverse("reviews:review", args=[review.pk])) for review in found]


CITERS: list[Callable[[str, str], Iterable[tuple[str, str]]]] = [citing_reviews]
