"""What is due with meetings: one small rule each."""
