#!/usr/bin/env python
"""Hearth's own command line. Commands that build tables connect as their owner, all others as the web role."""

import os
import sys
from pathlib import Path

OWNERS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "landlords",
    "demo",
    "dbshell",
    "squashmigrations",
}

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("HEARTH_CONNECT_AS", "owner" if command in OWNERS else "web")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
