"""The engine that tells people: inbox, channels, preferences. The kinds of notice live in each app's notices.py."""
