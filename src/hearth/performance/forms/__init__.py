"""The shapes of answers on this room's pages."""
