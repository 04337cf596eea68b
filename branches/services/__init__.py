"""What is done to the tree and to who may act in it: one function for each thing people do."""
