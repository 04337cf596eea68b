"""What reports are made of: each section reads its facts of a place and a period, and tells facts that were kept.

A section never reads while it tells: so an issued report can be told again from what it stood on.
"""
