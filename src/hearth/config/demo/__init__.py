"""The demonstration: files of invented people and numbers, and what fills the rooms with them."""
