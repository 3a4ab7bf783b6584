"""The pages of reviews. Each module lists its own addresses in `paths`; `hearth.reviews.urls` puts them together."""
