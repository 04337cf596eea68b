"""Reading a document's text: pure functions, which know neither the database nor who is asking."""
