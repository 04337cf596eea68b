"""Forms of the roll: they only validate."""
