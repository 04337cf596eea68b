"""Proof that what a document gives to do was done. The app that has the records publishes a source; the cascade asks."""
