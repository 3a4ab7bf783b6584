"""The addresses of this room: each module of views lists its own."""

from hearth.reviews.views import answers, beginning, evidence, publishing, reading, register, signing, writing

app_name = "reviews"
urlpatterns = [
    *register.paths,
    *beginning.paths,
    *writing.paths,
    *answers.paths,
    *evidence.paths,
    *reading.paths,
    *signing.paths,
    *publishing.paths,
]
