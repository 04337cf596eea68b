"""Rows behind the one door: a guarded queryset says nothing until it was opened for somebody, or for a stated reason."""

from typing import Any, Self

from django.db import models

from portal.access.actor import Actor
from portal.access.permissions import Permission


class UnopenedRows(RuntimeError):
    """Rows were read without saying for whom. A mistake in the code, never shown as an answer."""


class GuardedQuerySet(models.QuerySet):
    """Base of every model's queryset: `Model.objects.allowed(actor, Permission.X)`, then the domain's words."""

    opened_for: str | None = None

    def allowed(self, actor: Actor, permission: Permission) -> Self:
        rows = self.within_reach(actor, permission) if actor.may(permission) else self.none()
        return rows._opened(f"{actor.account.pk}: {permission}")

    def everywhere(self, *, reason: str) -> Self:
        """Background work and set-up see all rows, and say why."""
        if not reason.strip():
            raise UnopenedRows(f"{self.model.__name__}: reading everything needs a reason.")
        return self._opened(reason)

    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Which rows lie in this actor's reach. A model that belongs to an organisation narrows this."""
        return self.all()

    def _opened(self, why: str) -> Self:
        rows = self._chain()  # type: ignore[attr-defined]
        rows.opened_for = why
        return rows

    def _must_be_open(self) -> None:
        if self.opened_for is None:
            raise UnopenedRows(
                f"{self.model.__name__}.objects was read without .allowed(actor, …) or .everywhere(reason=…)."
            )

    # Every way out of a queryset passes here.
    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.opened_for = self.opened_for
        return clone

    def _fetch_all(self) -> None:
        self._must_be_open()
        super()._fetch_all()

    def iterator(self, *args: Any, **options: Any) -> Any:
        self._must_be_open()
        return super().iterator(*args, **options)

    def count(self) -> int:
        self._must_be_open()
        return super().count()

    def exists(self) -> bool:
        self._must_be_open()
        return super().exists()

    def contains(self, obj: models.Model) -> bool:
        self._must_be_open()
        return super().contains(obj)

    def aggregate(self, *args: Any, **options: Any) -> dict[str, Any]:
        self._must_be_open()
        return super().aggregate(*args, **options)

    def update(self, **values: Any) -> int:
        self._must_be_open()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._must_be_open()
        return super().delete()

    def raw(self, *args: Any, **options: Any) -> Any:
        self._must_be_open()
        return super().raw(*args, **options)

    def _combinator_query(self, combinator: str, *others: Any, **options: Any) -> Any:
        """UNION and its like: each part must have been opened."""
        for part in (self, *others):
            if isinstance(part, GuardedQuerySet):
                part._must_be_open()
        return super()._combinator_query(combinator, *others, **options)  # type: ignore[misc]

    def _merge_sanity_check(self, other: Any) -> None:
        """a | b and a & b."""
        for part in (self, other):
            if isinstance(part, GuardedQuerySet):
                part._must_be_open()
        super()._merge_sanity_check(other)  # type: ignore[misc]

    def resolve_expression(self, *args: Any, **options: Any) -> Any:
        self._must_be_open()
        return super().resolve_expression(*args, **options)
