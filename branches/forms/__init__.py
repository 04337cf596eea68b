"""Forms of the street level, by noun. They only validate."""
