"""Bots: opponents that the server plays."""
