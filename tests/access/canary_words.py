"""The word that sings, and texts of all columns of a model that say it."""

from datetime import date

from django.db import models

CANARY = "Chimyến"
DAYS = {"born_on": date(1960, 1, 1), "admitted_on": date(1990, 5, 1), "decided_on": date(1990, 4, 1)}


def texts(model: type[models.Model], *, but: tuple[str, ...]) -> dict[str, str]:
    from portal.words.fields import LineField, ProseField

    return {
        f.name: CANARY
        for f in model._meta.concrete_fields
        if isinstance(f, LineField | ProseField) and f.name not in but
    }
