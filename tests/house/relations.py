"""A foreign key written as a string is an import that no import linter sees: it too may only point down."""

from collections.abc import Iterable

from django.db import models

# From the street up. A model of one line may point at models of the same line or of the lines before it.
FLOORS = [
    {"contenttypes", "auth", "sessions"},
    {
        "pghistory",
        "account",
        "mfa",
        "usersessions",
        "axes",
        "words",
        "watch",
        "ui",
        "accounts",
        "history",
        "indicators",
        "duties",
        "files",
        "papers",
        "jobs",
        "notifications",
        "help",
    },
    {"branches"},
    {"members"},
    {"directives"},
    {"meetings"},
    {"dashboards", "reports", "portal"},
]


def floor(label: str) -> int:
    return next(number for number, labels in enumerate(FLOORS) if label in labels)


def upward(found: Iterable[type[models.Model]]) -> list[str]:
    wrong = []
    for model in found:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model
            label = target.split(".")[0] if isinstance(target, str) else target._meta.app_label
            if floor(label) > floor(model._meta.app_label):
                wrong.append(f"{model._meta.label}.{field.name} points up at {label}")
    return wrong
