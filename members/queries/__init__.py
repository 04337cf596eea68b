"""Reads over several models: the roll, a record, badges that are due, what is wrong in the data."""
