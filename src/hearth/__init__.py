"""Hearth: how a social landlord listens, decides fairly, keeps its promises and shows that it did."""
