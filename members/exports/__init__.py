"""Members out by sheets: the roll as it is filtered, in the columns in which it is taken in; who came and who went in a time."""
