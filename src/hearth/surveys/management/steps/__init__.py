"""The steps of `hearth surveys`: one module a step, found by its name.

A step has `HELP` (one line), `add_arguments(parser)` and `run(say, **options)`, which tells each line to `say` and
raises Refused in words for the person at the keyboard. It is imported to build the command line, so what is heavy is
imported inside `run`. A step that needs no database may stand in `WITHOUT_DJANGO` of manage.py: it is then run by
`hearth.surveys.management.alone` without Django, whose start takes longer than weighting 200,000 responses.
"""
