"""Who hears what: the one table of news and the jobs that hear it."""

LISTENERS: dict[str, tuple[str, ...]] = {
    "documents.format_asked": ("reviews.serve_format",),
    "notifications.sent": ("reviews.note_sent",),
    "policies.law_changed": ("reviews.law_changed",),
    "policies.review_started": ("reviews.open_next",),
    "register.message_held": ("register.tell_cleared",),
    "reviews.addendum_added": ("reviews.ask_addendum_signatory",),
    "reviews.approved": ("reviews.dispatch",),
    "reviews.published": ("public.draw",),
    "reviews.returned": ("reviews.tell_returned",),
    "reviews.submitted": ("reviews.ask_signatory", "reviews.tell_managers"),
    "surveys.answered_after_event": ("surveys.call_back",),
    "surveys.closed": ("surveys.compute",),
    "surveys.opened": ("surveys.invite",),
}
