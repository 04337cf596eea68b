"""Long work that one can watch: the Job row, its claim, its true progress, its result, its end."""
