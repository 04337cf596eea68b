"""First floor: people. Members, memberships, offices, assignments, growth, evaluation."""
