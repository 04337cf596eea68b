"""One command a file; each calls one function that lives elsewhere."""
