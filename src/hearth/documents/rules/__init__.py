"""What files may come in, what is read off them, and how papers go out in each format."""
