"""The steps of `hearth surveys`: one module a step, found by its name.

A step has `HELP` (one line), `add_arguments(parser)` and `run(command, **options)`, which writes to `command.stdout`.
It is imported to build the command line, so what is heavy is imported inside `run`.
"""
