"""What stands on the page of a committee with branches directly below it."""
