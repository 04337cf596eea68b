"""Invented data in any size: who lives in the demo, and how the large scales are filled."""
