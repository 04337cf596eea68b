"""Formats by language, found by FORMAT_MODULE_PATH."""
