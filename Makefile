# Hearth's commands. They need make and python3 with venv (Debian, Ubuntu: make, python3-venv); the rest they fetch.
PYTHON ?= python3
ARGS ?=
HEARTH = @command -v $(PYTHON) >/dev/null 2>&1 || { echo "Hearth needs Python 3.11 or newer: install python3 and python3-venv." >&2; exit 1; }; \
	exec $(PYTHON) tools/run.py

.PHONY: help run test rules check format docs gauge bench lock clean
.DEFAULT_GOAL := help

help:    ## this list
	@sed -n 's/^\([a-z]*\): *## */  make \1|/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

run:     ## start Hearth at http://localhost:8000/ (PORT=8001 for another port, DATABASE_URL for your own database)
	$(HEARTH) run

test:    ## all tests, the browser's too (ARGS="-k words" for some of them)
	$(HEARTH) test $(ARGS)

rules:   ## the quick tests of the rules: no database, no Django (ARGS as above)
	$(HEARTH) rules $(ARGS)

check:   ## format, lint, types, contracts, migrations, lock files, docs
	$(HEARTH) check

format:  ## put every file into the house's shape
	$(HEARTH) format

docs:    ## write docs/rooms.md and docs/diagrams again
	$(HEARTH) docs

gauge:   ## the largest files, functions and templates: a guide, not a gate
	$(HEARTH) gauge

bench:   ## measure the speed of the parts that people wait for, and write docs/speed.md
	$(HEARTH) bench $(ARGS)

lock:    ## lock the newest dependencies that pyproject.toml allows
	$(HEARTH) lock

clean:   ## remove what was built or fetched; your data in .hearth stay
	$(HEARTH) clean
