"""Private files and images: checked by content, served only through the door.

An app that keeps files has its own foreign key to StoredFile, stores by `services.store_file(…, door="its.name")`, and says who may
read behind that door in `doors.py`. Files that no door speaks for are their uploader's alone.
"""
