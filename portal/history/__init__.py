"""Who changed what and when: the context given to the database's history, and its sentences."""
