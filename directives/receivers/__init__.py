"""When the tree is reorganised: who goes on for an organisation goes on with what it was given, owed and asked for."""

from directives.receivers import reviews, shares, tasks  # noqa: F401  each connects its own
