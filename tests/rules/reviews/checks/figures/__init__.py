"""Checks on the figures of a profile."""
