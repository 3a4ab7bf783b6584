"""What runs later: ids in, one service call. One module a kind of work."""
