"""Rooms: places with a code in which people meet, talk and play one match after the other."""
