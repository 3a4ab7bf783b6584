"""The links at the top of each page, by what the person may do."""
