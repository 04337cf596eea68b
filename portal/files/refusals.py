from portal.words.errors import DomainError


class FileRefused(DomainError):
    """A file that the portal does not take; the sentence says why and what to do. Nothing of it was kept."""
