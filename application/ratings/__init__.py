"""Ratings: what a match is worth to its players."""
