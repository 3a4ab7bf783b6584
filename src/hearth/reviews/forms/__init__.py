"""The shape of answers about reviews: writing, signing, reading in, publishing."""
