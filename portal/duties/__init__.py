"""The registry of due work: rule classes live in the app that owns the date (duties.py).

A rule is a question to the database: what is open on a day, whose it is, by when. Nobody ticks anything: what is done is
no longer in the answer. `rules` is what a rule looks like, `days` the arithmetic of days inside the question, `reading`
asks for one person or for a part of the tree, `scanning` for everybody at once. `counting` keeps what a whole province has
open, every ten minutes: for its overview alone.
"""
