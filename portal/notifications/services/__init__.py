"""What the clock does (remind, deliver, clean), and what people do (read, choose, send again)."""
