"""Pages of organisations, and of who may act in them."""
