#!/usr/bin/env python
"""Hearth's own command line. Commands that build tables connect as their owner, all others as the web role."""

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
OWNERS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "landlords",
    "demo",
    "scrub",
    "dbshell",
    "squashmigrations",
}
WITHOUT_DJANGO = {("surveys", "weigh")}  # steps that are done before Django would have started
WITHOUT_DATABASE = {"", "help", "check", "collectstatic", "diffsettings", "makemigrations"}


def embedded(words: list[str]) -> Any:
    """The embedded server of this copy, where its data lie here and no other database is named; else None."""
    command = words[0] if words else ""
    folder = Path(os.environ.get("HEARTH_DATA") or ROOT / ".hearth") / "postgres"
    offline = command == "reviews" and not any(word.startswith("--landlord") for word in words)
    offline = offline or (command == "performance" and "--save" not in words)
    if command in WITHOUT_DATABASE or offline or "DATABASE_URL" in os.environ or not folder.exists():
        return None
    from hearth.db import postgres

    try:
        return postgres.start(folder, durable=True)
    except postgres.PostgresError as error:
        sys.exit(str(error))


def main(words: list[str]) -> None:
    """Run one command, with the embedded server beside it where that is the database."""
    sys.path.insert(0, str(ROOT / "src"))
    if tuple(words[:2]) in WITHOUT_DJANGO:
        from importlib import import_module

        sys.exit(import_module(f"hearth.{words[0]}.management.alone").main(words[1], words[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    os.environ.setdefault("HEARTH_CONNECT_AS", "owner" if words and words[0] in OWNERS else "web")
    server = embedded(words)
    try:
        if server:
            os.environ["DATABASE_URL"] = server.url
        from django.core.management import execute_from_command_line

        execute_from_command_line([sys.argv[0], *words])
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
