"""Papers of meetings, a paper a file: each a function from what its reader may see to content that portal.papers sets."""
