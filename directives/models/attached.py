"""What hangs on documents: relations between them, files, bookmarks. On a secret one nothing hangs."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directives.models.document import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import LineField


def not_on_secret_ones(*columns: str) -> pgtrigger.Trigger:
    """The database refuses a row that hangs on a secret document."""
    named = ", ".join(f"NEW.{column}_id" for column in columns)
    return pgtrigger.Trigger(
        name="not_on_secret_ones",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF EXISTS (SELECT 1 FROM directives_document d WHERE d.id IN ({named}) AND d.secrecy <> '') THEN
                RAISE EXCEPTION 'document_secret_holds_nothing' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  names of our own columns
    )


class OfDocumentQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(document__in=Document.objects.allowed(actor, permission))

    def of(self, document: Document) -> Self:
        return self.filter(document=document)


class RelationKind(models.TextChoices):
    IMPLEMENTS = "implements", "thực hiện"
    REPLACES = "replaces", "thay thế"
    RESTS_ON = "rests on", "căn cứ"
    CITES = "cites", "viện dẫn"


@tracked()
class Relation(models.Model):
    """`document` carries out, replaces, rests on or cites `other`."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="relations", verbose_name="văn bản")
    kind = LineField("quan hệ", max_length=20, choices=RelationKind.choices)
    other = models.ForeignKey(Document, models.PROTECT, related_name="related", verbose_name="văn bản kia")

    everything = models.Manager()
    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "quan hệ giữa văn bản"
        verbose_name_plural = "quan hệ giữa văn bản"
        constraints = [
            models.UniqueConstraint(name="relation_stands_once", fields=["document", "kind", "other"]),
            models.CheckConstraint(name="relation_of_two", condition=~Q(document=F("other"))),
            models.CheckConstraint(name="relation_kind_known", condition=Q(kind__in=RelationKind.values)),
        ]
        triggers = [not_on_secret_ones("document", "other")]

    def __str__(self) -> str:
        return f"{self.document} {self.get_kind_display()} {self.other}"


class DocumentFile(models.Model):
    """The document as it was signed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files", verbose_name="văn bản")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")

    everything = models.Manager()
    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của văn bản"
        verbose_name_plural = "tệp của văn bản"
        triggers = [not_on_secret_ones("document")]

    def __str__(self) -> str:
        return str(self.file)


class BookmarkQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(account=actor.account)


class Bookmark(models.Model):
    """Somebody wants to find this document again."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks", verbose_name="tài khoản"
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="bookmarks", verbose_name="văn bản")
    at = models.DateTimeField("lúc", auto_now_add=True)

    everything = models.Manager()
    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đánh dấu"
        verbose_name_plural = "văn bản đánh dấu"
        constraints = [models.UniqueConstraint(name="bookmark_stands_once", fields=["account", "document"])]
        triggers = [not_on_secret_ones("document")]

    def __str__(self) -> str:
        return str(self.document)
