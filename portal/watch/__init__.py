"""Watching the running portal: its health, the number of each request, its log."""
