"""The classic client: rooms whose browsers judge for themselves."""
