"""Papers about what documents ask for: content that portal.papers sets."""
