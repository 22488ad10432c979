"""What every part stands on: settings, the clock, errors, the database."""
