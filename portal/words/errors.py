"""How a rule says no: an exception that carries the Vietnamese sentence for the screen."""


class DomainError(Exception):
    """A rule of the domain refuses. `field` names the form field it belongs to, if it belongs to one."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(DomainError):
    """This person may not do this here; the sentence says why. Shown as 403."""


class ChangedMeanwhile(DomainError):
    """Somebody else saved first. Nothing was overwritten; both versions are shown."""
