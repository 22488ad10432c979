"""The rules of the game, pure: no I/O, no clock, no chance. Time, ids and choices come in as values."""
