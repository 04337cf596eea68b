"""What is done to accounts: one function for each thing."""
