"""Figures counted a second time, from raw rows by SQL, by code that shares nothing with the portal's."""
