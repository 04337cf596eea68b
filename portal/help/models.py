from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField, ProseField, SortKeyField
from portal.words.text import search_key


class Written(models.Model):
    """What administrators write: who did so last, and the version that guards against overwriting each other."""

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="người sửa"
    )

    everything: ClassVar[models.Manager]  # each model's own, first: Django takes the first for its own work

    class Meta:
        abstract = True


class ArticleQuerySet(GuardedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "title_key")


@tracked()
class Article(Written):
    """One page of help: how to do one thing."""

    slug = models.SlugField("địa chỉ", max_length=80, unique=True)
    title = LineField("tên bài", max_length=120)
    title_key = SortKeyField(of="title")
    summary = LineField("một câu tóm tắt", max_length=200)
    body = ProseField("nội dung", max_length=20_000)
    position = models.PositiveSmallIntegerField("thứ tự", default=100)

    everything = models.Manager()
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "bài trợ giúp"
        verbose_name_plural = "bài trợ giúp"
        constraints = [models.CheckConstraint(name="help_article_says_something", condition=~models.Q(body=""))]

    def __str__(self) -> str:
        return self.title


class TermQuerySet(GuardedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("sort_key")

    def matching(self, sought: str) -> Self:
        """Words whose name holds what was typed, tones or not."""
        key = search_key(sought)
        return self.filter(search_key__contains=key) if key else self


@tracked()
class Term(Written):
    """One word of the glossary, and what it means here."""

    word = LineField("thuật ngữ", max_length=80)
    meaning = ProseField("nghĩa là", max_length=1_000)
    sort_key = SortKeyField(of="word")
    search_key = SortKeyField(of="word", by=search_key)

    everything = models.Manager()
    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "thuật ngữ"
        verbose_name_plural = "thuật ngữ"
        constraints = [
            # hoà and hòa, Chi bộ and chi bộ are one word: the key knows, the spelling does not
            models.UniqueConstraint(name="help_term_stands_once", fields=["sort_key"]),
            models.CheckConstraint(name="help_term_means_something", condition=~models.Q(meaning="")),
        ]

    def __str__(self) -> str:
        return self.word
