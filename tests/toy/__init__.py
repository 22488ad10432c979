"""A capability that Codemaze does not have: players applaud. It shows that a new one touches its own folder alone."""
