"""The web: Flask with its extensions, HTTP as a whole, and the pages."""
