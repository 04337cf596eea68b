"""Official papers about documents and what they give to do."""
