"""Forms of the roll and of the record. They only validate."""
