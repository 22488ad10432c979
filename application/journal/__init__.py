"""The engine of journals: what a command causes is appended, with all that follows from it, and then shown."""
