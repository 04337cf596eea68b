"""What the page of a committee with committees below it reads: its places side by side, never its people."""
