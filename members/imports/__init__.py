"""Members in by sheets: read, checked and shown, written exactly as shown, and for a day taken back as a whole.

Plain functions (receiving, checking, applying, undoing), each told whom to report its progress to, so that they run in a
request as well as in a job. Its pages stand beside them: urls, views, forms.
"""
