"""What the clock does for documents, every morning."""

from datetime import date

from hearth.db.jobs import timetable
from hearth.kernel.permits import Actor
from hearth.policies import services


@timetable("policies.reviews_due", "25 6 * * *")
def reviews_due(*, on: date, by: Actor) -> None:
    services.warn_of_reviews(on=on, by=by)
