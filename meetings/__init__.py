"""Third floor: where it is decided. Meetings, attendance, minutes, decisions, quality, visits."""
