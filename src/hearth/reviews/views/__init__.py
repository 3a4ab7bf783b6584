"""The pages of reviews: writing, signing, reading in, publishing."""
