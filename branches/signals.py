"""The signals of the tree and of its rules, sent inside the transaction of the change: upper apps move their own along.

A receiver gets `work` (services/reorganisation/work.py): `work.on`, `work.heirs` ({organisation that ended: who goes on for
it, or None}) and `work.journal`, through which it writes, so that undoing takes its rows back as well.
"""

from django.dispatch import Signal

rule_changed = (
    Signal()
)  # a rule holds otherwise from a day on: `key`, `organisation` (None: the whole country), `since`
reorganised = Signal()
undone = Signal()  # a reorganisation was taken back: `record`; today's copies are made anew
