"""Numbers behind a picture, then the picture."""
