"""Pages of help: reading them, and writing them."""
