"""The judge: from a player's program to a verdict."""
