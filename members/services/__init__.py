"""What is done with people: one function for each thing that the branch, the commune and the member do."""
