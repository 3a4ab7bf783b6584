"""The addresses of every room. What stands here is below the landlord's own first word or host name."""

from django.urls import include, path

handler404 = "hearth.config.errors.not_found"
handler500 = "hearth.config.errors.broken"

urlpatterns = [
    path("", include("hearth.public.urls")),
    path("", include("hearth.ui.urls")),
    path("", include("hearth.audit.urls")),
    path("", include("hearth.landlords.urls")),
    path("", include("hearth.accounts.urls")),
    path("evidence/", include("hearth.equality.urls")),
    path("register/", include("hearth.register.urls")),
    path("surveys/", include("hearth.surveys.urls")),
    path("performance/", include("hearth.performance.urls")),
    path("policies/", include("hearth.policies.urls")),
    path("actions/", include("hearth.actions.urls")),
    path("reviews/", include("hearth.reviews.urls")),
    path("", include("hearth.documents.urls")),
    path("", include("hearth.notifications.urls")),
    path("", include("hearth.desk.urls")),
]
