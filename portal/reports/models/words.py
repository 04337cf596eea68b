from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.reports.models.report import Report
from portal.words.fields import CodeField, ProseField

LONGEST = 30_000


class WordsQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(report__in=Report.objects.allowed(actor, permission))


@tracked()
class Words(models.Model):
    """What people wrote: a part that judges (`part`), or what explains a figure (`figure:meetings.held`). Figures are not theirs."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="words", verbose_name="báo cáo")
    part = CodeField("phần", max_length=80)
    words = ProseField("lời văn", max_length=LONGEST, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết")
    at = models.DateTimeField("viết lúc", auto_now=True)

    everything = models.Manager()
    objects = WordsQuerySet.as_manager()

    class Meta:
        verbose_name = "lời văn của báo cáo"
        verbose_name_plural = "lời văn của báo cáo"
        constraints = [
            models.UniqueConstraint(name="report_words_once_a_part", fields=["report", "part"]),
            models.CheckConstraint(name="report_words_of_a_part", condition=~Q(part="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_issued_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM reports_report r
                               WHERE r.id = COALESCE(NEW.report_id, OLD.report_id) AND r.state IN ('issuing', 'issued')) THEN
                        RAISE EXCEPTION 'report_words_of_issued_stay' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}, {self.part}"
