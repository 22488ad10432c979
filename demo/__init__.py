"""What a newcomer runs first: one duel, played by two real clients against a real server."""
