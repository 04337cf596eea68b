"""Street level: the tree of organisations, who may act in it, its dated rules, its numbers and its summary."""
