"""Accounts: who can sign in, how, and the reader's own settings (size of the text)."""
