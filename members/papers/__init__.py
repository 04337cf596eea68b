"""Papers about the people of a branch: content that portal.papers sets."""
