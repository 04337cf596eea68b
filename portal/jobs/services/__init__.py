"""What people do with long work (ask, stop), what a worker does (run), and what the clock does (sweep)."""
