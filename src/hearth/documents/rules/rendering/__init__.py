"""Papers made into files that people can keep, print, feel or hear."""
