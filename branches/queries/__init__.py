"""Reads over several models: the tree, who may act in it, the register of numbers, the villages."""
