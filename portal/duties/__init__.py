"""The registry of due work: rule classes live in the app that owns the date (duties.py)."""
