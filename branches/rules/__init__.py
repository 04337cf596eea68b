"""Dated rules: every limit of the domain, as data with a day it begins on, a source, and an organisation it comes from.

`shapes` say what a value looks like, `definitions` which rules there are, `defaults` (data files) what holds in the whole
country, `reading` what holds in an organisation on a day. Code knows a rule's shape, never its number.
"""
