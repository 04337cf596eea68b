from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from branches.models.dated import Dated, DatedQuerySet, ends_after_it_begins
from branches.models.ripple import ripples
from directives.models.issuer import Issuer
from directives.models.search import BareTextField, words_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField, SortKeyField
from portal.words.text import search_key

BRIEF = 60  # letters of a name in a trail
LONGEST_TEXT = 400_000  # letters; a hundred and fifty pages


class DocumentType(models.TextChoices):
    RESOLUTION = "resolution", "Nghị quyết"
    DIRECTIVE = "directive", "Chỉ thị"
    CONCLUSION = "conclusion", "Kết luận"
    REGULATION = "regulation", "Quy định"
    DECISION = "decision", "Quyết định"
    GUIDANCE = "guidance", "Hướng dẫn"
    PLAN = "plan", "Kế hoạch"
    PROGRAMME = "programme", "Chương trình hành động"
    SCHEME = "scheme", "Đề án"
    NOTICE = "notice", "Thông báo"
    LETTER = "letter", "Công văn"
    REPORT = "report", "Báo cáo"
    STATUTE = "statute", "Điều lệ"
    RULES = "rules", "Quy chế"


class Secrecy(models.TextChoices):
    NONE = "", "Không mật"
    SECRET = "secret", "Mật"
    HIGH = "high", "Tối mật"
    TOP = "top", "Tuyệt mật"


class Struck(models.TextChoices):
    """Why a secret paper left the register. Chosen, not written: a sentence could tell what the paper says."""

    WRONG = "wrong", "Ghi sai ký hiệu hoặc độ mật"
    TWICE = "twice", "Đăng ký hai lần"
    NOT_SECRET = "not secret", "Không phải văn bản mật"
    GONE = "gone", "Đã thu hồi hoặc chuyển nơi giữ"


# What is registered of a secret paper is its symbol, its class and who keeps it. The database refuses everything else.
_SAYS_NOTHING = Q(
    type="", issuer=None, issued_on=None, number=None, subject="", short_name="", text="", recipients="", note="",
    since=None, until=None, is_stub=False,
)  # fmt: skip
IS_SECRET = ~Q(secrecy=Secrecy.NONE)


class DocumentQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those of the whole country; those kept above one; those kept where one reaches. Secret ones: by who keeps such."""
        if actor.capacity is None:
            return self.none()
        held = actor.capacity
        mine = Q(keeper__path__startswith=held.path) if held.reaches_below else Q(keeper__path=held.path)
        open_ones = Q(secrecy=Secrecy.NONE) & (Q(keeper=None) | mine | Q(keeper__path__in=paths_down_to(held.path)))
        secret = IS_SECRET & mine if held.gives(Permission.KEEP_LIBRARY) else Q(pk__in=[])
        wanted = open_ones | secret
        return (
            self.filter(wanted & mine)
            if permission == Permission.KEEP_LIBRARY and not held.is_top
            else self.filter(wanted)
        )

    def standing(self) -> Self:
        """Without the stubs that turned out to be another document, and without what was struck off the register."""
        return self.filter(merged_into=None, struck_on=None)

    def open_ones(self) -> Self:
        return self.filter(secrecy=Secrecy.NONE)

    def without_texts(self) -> Self:
        """For lists of names: a text has up to four hundred thousand letters, and is there three times."""
        return self.defer("text", "text_key", "words", "title_words")

    def without_search_words(self) -> Self:
        """For reading: what only the search reads stays where it is."""
        return self.defer("text_key", "words", "title_words")

    def newest_first(self) -> Self:
        return self.order_by(F("issued_on").desc(nulls_last=True), "title_key", "pk")


def _without_saying_twice(kind: str, called: str) -> str:
    """Chương trình hành động, “hành động thực hiện …”: what ends the one and begins the other is said once."""
    words = kind.split()
    for count in range(len(words), 0, -1):
        if f"{called} ".lower().startswith(" ".join(words[-count:]).lower() + " "):
            return called if count == len(words) else " ".join([*words[:-count], called])
    return f"{kind} {called[:1].lower()}{called[1:]}"


@tracked(but=("text_key", "words", "title_words"))
class Document(Dated):
    """A paper of the Party. Since and until say when it is in force.

    Documents are one where issuer, type, number and day are all known and the same; of which less is known is a stub, found
    by its slug, until it is merged into the real one.
    """

    slug = models.SlugField("địa chỉ", max_length=90, unique=True)
    type = LineField("loại", max_length=20, choices=DocumentType.choices, blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    suffix = LineField("chữ kèm số", max_length=1, blank=True)
    symbol = LineField("số, ký hiệu", max_length=40, blank=True)  # as printed: 12-HD/BTCTW
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="cơ quan ban hành"
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    subject = LineField("trích yếu", max_length=500, blank=True)
    short_name = LineField("tên thường gọi", max_length=120, blank=True)
    text = ProseField("toàn văn", max_length=LONGEST_TEXT, blank=True)
    recipients = ProseField("nơi nhận", max_length=4_000, blank=True)  # one a line
    note = ProseField("ghi chú", max_length=1_000, blank=True)
    secrecy = LineField("độ mật", max_length=10, choices=Secrecy.choices, blank=True, default=Secrecy.NONE)
    is_stub = models.BooleanField("mới có tên, chưa có toàn văn", default=False)
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="nơi giữ"
    )  # nobody: of the whole country, seen by all
    source = CodeField("mã nguồn", max_length=10, blank=True)  # of the documents that the portal brings along: S002
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged", verbose_name="đã nhập vào"
    )
    struck_on = models.DateField("gạch khỏi sổ ngày", null=True, blank=True, editable=False)
    struck_because = LineField("lý do gạch khỏi sổ", max_length=10, choices=Struck.choices, blank=True, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="người sửa"
    )  # nobody: as the portal brought it
    title_key = SortKeyField(of="full_title", by=search_key, db_index=False)
    text_key = BareTextField(of="text")
    title_words = words_of(("title_key", "A"))
    words = words_of(("title_key", "A"), ("text_key", "D"))

    everything = models.Manager()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        constraints = [
            ends_after_it_begins("document_in_force_until_after_since"),
            models.UniqueConstraint(
                name="document_stands_once",
                fields=["issuer", "type", "number", "suffix", "issued_on"],
                condition=Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="document_type_known", condition=Q(type__in=DocumentType.values) | IS_SECRET & Q(type="")
            ),
            models.CheckConstraint(name="document_secrecy_known", condition=Q(secrecy__in=Secrecy.values)),
            models.CheckConstraint(name="document_secret_says_nothing", condition=~IS_SECRET | _SAYS_NOTHING),
            models.CheckConstraint(
                name="document_secret_has_symbol_and_keeper",
                condition=~IS_SECRET | (~Q(symbol="") & Q(keeper__isnull=False)),
            ),
            models.CheckConstraint(
                name="document_has_a_name", condition=~Q(symbol="") | ~Q(subject="") | ~Q(short_name="")
            ),
            models.CheckConstraint(name="document_stub_has_no_text", condition=Q(is_stub=False) | Q(text="")),
            models.CheckConstraint(
                name="document_only_stubs_are_merged", condition=Q(merged_into=None) | Q(is_stub=True)
            ),
            models.CheckConstraint(name="document_not_merged_into_itself", condition=~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="document_struck_with_reason",
                condition=Q(struck_on=None, struck_because="")
                | IS_SECRET & Q(struck_on__isnull=False, struck_because__in=Struck.values),
            ),
            models.CheckConstraint(
                name="document_suffix_needs_a_number", condition=Q(suffix="") | Q(number__isnull=False)
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="document_words"),
            models.Index(fields=["issued_on"], name="document_issued_on"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="secrecy_and_slug_stay", fields=["secrecy", "slug"]),
            *ripples(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_secret(self) -> bool:
        return self.secrecy != Secrecy.NONE

    @property
    def name(self) -> str:
        """As one says it: Chỉ thị số 35-CT/HU; without a number, what it is usually called, or its subject."""
        kind = DocumentType(self.type).label if self.type else "Văn bản mật"
        if self.symbol:
            return f"{kind} số {self.symbol}"
        return _without_saying_twice(kind, self.short_name or self.subject)

    @property
    def heading(self) -> str:
        """Over its subject: the name where that is short, else what kind of paper it is."""
        return self.name if self.symbol or self.short_name else self.get_type_display()

    @property
    def brief(self) -> str:
        """Where a line is all there is."""
        return self.name if len(self.name) <= BRIEF else f"{self.name[: BRIEF - 1].rsplit(' ', 1)[0]}…"

    @property
    def full_title(self) -> str:
        """Everything that one looks for in a name."""
        parts = [self.name, self.short_name, self.subject]
        return " ".join(dict.fromkeys(part for part in parts if part and not self.is_secret))

    @property
    def dated_name(self) -> str:
        """Told apart from others of the same number: Hướng dẫn số 12-HD/BTCTW ngày 06/7/2018."""
        return f"{self.name} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on and self.symbol else self.name

    @property
    def issued_by(self) -> str:
        return self.issuer.name if self.issuer else ""

    @property
    def kept_by(self) -> str:
        return self.keeper.name if self.keeper else "Dùng chung cả nước"

    @property
    def over(self) -> str:
        """Over its name: who issued it, and when."""
        on = f"{self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return " · ".join(filter(None, (self.issued_by, on)))

    def in_force_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)
