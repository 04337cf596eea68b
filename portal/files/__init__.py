"""Private files and images: checked by content, served only through the door."""
