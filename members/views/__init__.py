"""Pages of the roll, of a record, and of one's own."""
