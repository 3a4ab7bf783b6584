"""How the house's commands work. `words`, `ready` and `chromium` need the standard library alone."""
