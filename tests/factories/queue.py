"""Running what a test has put on the queue, at once and in order."""

from __future__ import annotations

MOST = 200


def run_jobs() -> list[str]:
    """Do the waiting jobs, and those that they put on the queue in turn; say which were done.

    A job that fails fails the test: there is no second attempt here.
    """
    from django.db import connection
    from procrastinate.contrib.django import app

    done: list[str] = []
    while len(done) < MOST:
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs where id = "
                "(select min(id) from procrastinate_jobs where status = 'todo') returning task_name, args"
            )
            row = cursor.fetchone()
        if row is None:
            return done
        name, given = row
        app.tasks[name].func(**_read(given))
        done.append(name)
    raise AssertionError(f"The queue does not come to an end: {sorted(set(done))}")


def _read(given: object) -> dict[str, object]:
    import json

    return json.loads(given) if isinstance(given, str) else dict(given)  # type: ignore[call-overload]
