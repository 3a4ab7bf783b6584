"""The wiring: settings, addresses, roles, listeners, timetable. Imported by nobody."""
