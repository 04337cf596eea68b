"""One file an entry or a family of entries."""
