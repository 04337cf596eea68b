"""The signal of the tree: sent inside the transaction of a reorganisation, so that upper apps move their own along.

A receiver gets `work` (services/reorganisation/work.py): `work.on`, `work.heirs` ({organisation that ended: who goes on for
it, or None}) and `work.journal`, through which it writes, so that undoing takes its rows back as well.
"""

from django.dispatch import Signal

reorganised = Signal()
undone = Signal()  # a reorganisation was taken back: `record`; today's copies are made anew
