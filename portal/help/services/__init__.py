"""What administrators do to the help pages and the glossary: one function for each thing they do."""
