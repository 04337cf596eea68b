"""Tables that people bring, in a file or pasted from one: read into rows of text, and looked up by the words of their headings.

Knows nothing of what the rows mean. A refusal is a FileRefused with its sentence. Nothing is stored.
"""
