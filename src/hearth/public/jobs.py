"""What is made ready for the public after a publication, and on request."""

from __future__ import annotations

from hearth.db.jobs import job
from hearth.documents import services as documents
from hearth.kernel.permits import Actor
from hearth.public import queries
from hearth.reviews import queries as reviews


@job("public.draw")
def draw(*, publication_id: int, by: Actor) -> None:
    """Draw the pictures of a new publication, so that its first reader does not wait for them."""
    publication = reviews.publication_numbered(publication_id)
    if publication is not None:
        queries.charts_of(publication)


@job("public.print")
def print_format(*, publication_id: int, format: str, by: Actor) -> None:
    """Make a format that takes longer than a page may."""
    publication = reviews.publication_numbered(publication_id)
    if publication is not None:
        paper = reviews.published_paper(publication)
        documents.print_paper(paper=paper, format=format, name=publication.slug, by=by)
