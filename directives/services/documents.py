"""What an office does with documents: enter, correct, register a secret one, relate, merge a stub into the real one."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from branches.models import Organisation
from directives.models import Bookmark, Document, DocumentFile, Issuer, Relation, RelationKind, Secrecy, Struck
from directives.reading.symbols import number_in, suffix_in
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from portal.words.text import search_key, sort_key

DOOR = "directives.document"
PAPERS: Collection[Kind] = frozenset({Kind.PDF, Kind.DOCX})
WRITTEN = ("type", "symbol", "issued_on", "subject", "since", "until", "text", "recipients", "note")


def need_keeping(document: Document, by: Actor) -> None:
    """What is of the whole country is kept where the tree begins, everything else where it was entered, or above."""
    if document.keeper is not None:
        by.need(Permission.KEEP_LIBRARY, document.keeper.path)
        return
    by.need(Permission.KEEP_LIBRARY)
    if by.capacity is None or not by.capacity.is_top:
        raise NotAllowed("Văn bản dùng chung cả nước do văn phòng cấp cao nhất trong cổng giữ.")


def may_keep(document: Document, by: Actor) -> bool:
    try:
        need_keeping(document, by)
    except NotAllowed:
        return False
    return True


@action("ghi văn bản")
def enter_document(*, issuer: str, file: File | None = None, by: Actor, **facts: Any) -> Document:
    """It is kept where one acts: seen there, below and above."""
    keeper = _where_one_keeps(by)
    document = Document(slug=_slug(facts["type"], facts["symbol"], facts["issued_on"], facts["subject"]), keeper=keeper)
    document.changed_by, document.version = by.account, 2  # the first version is the portal's own
    _set(document, issuer, facts, by)
    _save(document)
    if file:
        attach_file(document, file=file, by=by)
    return document


@action("sửa văn bản")
def change_document(
    document: Document, *, version: int, issuer: str, file: File | None = None, by: Actor, **facts: Any
) -> Document:
    need_keeping(document, by)
    locked = Document.objects.allowed(by, Permission.KEEP_LIBRARY).select_for_update(of=["self"]).get(pk=document.pk)
    if locked.is_secret or locked.merged_into_id:
        raise DomainError("Văn bản này không sửa được ở đây.")
    if locked.version != version:
        raise ChangedMeanwhile(
            "Người khác vừa sửa văn bản này. Phần đồng chí viết vẫn còn dưới đây; hãy xem bản mới rồi ghép lại."
        )
    if facts["text"] != locked.text and locked.obligations.exists():
        raise DomainError(
            "Văn bản đã có việc được bóc tách theo từng chỗ trong bài; bỏ các việc ấy trước khi sửa toàn văn.",
            field="text",
        )
    locked.version, locked.changed_by = version + 1, by.account
    _set(locked, issuer, facts, by)
    _save(locked)
    if file:
        attach_file(locked, file=file, by=by)
    return locked


@action("đăng ký văn bản mật")
def register_secret(*, symbol: str, secrecy: str, by: Actor) -> Document:
    """Symbol, class and keeper only; the paper itself never comes in."""
    keeper = _where_one_keeps(by)
    if not secrecy or secrecy not in Secrecy.values:
        raise DomainError("Chọn độ mật.", field="secrecy")
    register = Document.objects.everywhere(reason="a register holds a paper once").standing()
    same = register.filter(keeper=keeper, symbol=symbol)
    if same.exclude(secrecy=Secrecy.NONE).exists():
        raise DomainError("Văn bản mật này đã được đăng ký ở đây.", field="symbol")
    document = Document(
        slug=f"mat-{uuid.uuid4().hex[:16]}",
        symbol=symbol,
        secrecy=secrecy,
        keeper=keeper,
        changed_by=by.account,
        version=2,
    )
    document.save(force_insert=True)
    return document


@action("gạch văn bản mật khỏi sổ")
def strike_secret(document: Document, *, because: str, by: Actor) -> Document:
    """It leaves the list; that it was there, and why it went, stays with who keeps the register."""
    need_keeping(document, by)
    locked = Document.objects.allowed(by, Permission.KEEP_LIBRARY).select_for_update(of=["self"]).get(pk=document.pk)
    if not locked.is_secret:
        raise DomainError("Chỉ văn bản mật mới gạch khỏi sổ.")
    if locked.struck_on:
        raise DomainError("Văn bản này đã được gạch khỏi sổ.")
    if because not in Struck.values:
        raise DomainError("Chọn lý do.", field="because")
    locked.struck_on, locked.struck_because = timezone.localdate(), because
    locked.version, locked.changed_by = locked.version + 1, by.account
    locked.save()
    return locked


@action("đính kèm tệp văn bản")
def attach_file(document: Document, *, file: File, by: Actor) -> StoredFile:
    need_keeping(document, by)
    _not_secret(document)
    stored = store_file(file, kinds=PAPERS, by=by, door=DOOR, field="file")
    DocumentFile(document=document, file=stored).save(force_insert=True)
    return stored


@action("ghi quan hệ giữa văn bản")
def relate(document: Document, *, kind: str, other: Document, by: Actor) -> Relation:
    need_keeping(document, by)
    _not_secret(document, other)
    if document.pk == other.pk:
        raise DomainError("Chọn một văn bản khác.", field="other")
    if kind == RelationKind.REPLACES:
        _end(other, document.since or document.issued_on, by)
    row, _ = Relation.objects.everywhere(reason="one relation of a kind").get_or_create(
        document=document, kind=kind, other=other
    )
    return row


@action("bỏ quan hệ giữa văn bản")
def unrelate(relation: Relation, *, by: Actor) -> None:
    need_keeping(relation.document, by)
    relation.delete()


@action("nhập văn bản mới có tên vào văn bản đầy đủ")
def merge_stub(stub: Document, *, into: Document, by: Actor) -> Document:
    """What pointed at the stub points at the real one; the stub's address leads there."""
    need_keeping(stub, by)
    _not_secret(stub, into)
    if not stub.is_stub or stub.merged_into_id or into.merged_into_id or stub.pk == into.pk:
        raise DomainError("Chỉ nhập được văn bản mới có tên vào một văn bản khác đang có trong kho.", field="into")
    hang = Relation.objects.everywhere(reason="relations follow the stub into the real document")
    for row in hang.filter(document=stub):
        _moved(row, document=into, other=row.other)
    for row in hang.filter(other=stub):
        _moved(row, document=row.document, other=into)
    Bookmark.objects.everywhere(reason="bookmarks of a stub would lead nowhere").filter(document=stub).delete()
    stub.merged_into, stub.version, stub.changed_by = into, stub.version + 1, by.account
    stub.save()
    return into


@action("đánh dấu văn bản")
def keep_bookmark(document: Document, *, by: Actor) -> None:
    by.need(Permission.READ_LIBRARY)
    _not_secret(document)
    Bookmark.objects.allowed(by, Permission.READ_LIBRARY).get_or_create(account=by.account, document=document)


@action("bỏ đánh dấu văn bản")
def drop_bookmark(document: Document, *, by: Actor) -> None:
    Bookmark.objects.allowed(by, Permission.READ_LIBRARY).filter(document=document).delete()


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Whoever reads the document."""
    return DocumentFile.objects.allowed(actor, Permission.READ_LIBRARY).filter(file=file).exists()


def _moved(row: Relation, *, document: Document, other: Document) -> None:
    same = Relation.objects.everywhere(reason="one relation of a kind")
    if document.pk == other.pk or same.filter(document=document, kind=row.kind, other=other).exists():
        row.delete()
        return
    row.document, row.other = document, other
    row.save()


def _end(replaced: Document, by_day: date | None, by: Actor) -> None:
    """In force until the day before; only what is one's own to keep."""
    if by_day is None or not may_keep(replaced, by):
        return
    last = by_day - timedelta(days=1)
    if replaced.since and replaced.since > last:
        raise DomainError("Văn bản bị thay có hiệu lực sau văn bản này; hãy xem lại ngày.", field="other")
    replaced.until, replaced.version, replaced.changed_by = last, replaced.version + 1, by.account
    replaced.save()


def _where_one_keeps(by: Actor) -> Organisation:
    by.need(Permission.KEEP_LIBRARY)
    assert by.capacity is not None  # need() asked
    return Organisation.objects.allowed(by, Permission.KEEP_LIBRARY).get(pk=by.capacity.organisation_id)


def _not_secret(*documents: Document) -> None:
    if any(document.is_secret for document in documents):
        raise DomainError("Văn bản mật chỉ ghi ký hiệu, độ mật và nơi giữ.")


def _set(document: Document, issuer: str, facts: dict[str, Any], by: Actor) -> None:
    for name in WRITTEN:
        setattr(document, name, facts[name])
    document.number, document.suffix = number_in(document.symbol), suffix_in(document.symbol)
    document.issuer = _issuer_named(issuer, by)
    document.since = document.since or document.issued_on
    if document.since and document.until and document.until < document.since:
        raise DomainError("Ngày hết hiệu lực phải sau ngày có hiệu lực.", field="until")
    document.is_stub = not document.text and document.is_stub
    if not document.symbol and not document.subject:
        raise DomainError("Ghi số, ký hiệu hoặc trích yếu.", field="subject")


def _save(document: Document) -> None:
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        if "document_stands_once" not in str(error):
            raise
        raise DomainError(
            "Văn bản này đã có trong kho: cùng cơ quan ban hành, loại, số và ngày.", field="symbol"
        ) from error


def _issuer_named(name: str, by: Actor) -> Issuer:
    """The organisation of that name where one reaches; else a body outside of the tree."""
    all_issuers = Issuer.objects.everywhere(reason="an issuer stands once")
    own = Organisation.objects.allowed(by, Permission.KEEP_LIBRARY).filter(sort_key=sort_key(name)).first()
    wanted = {"organisation": own} if own else {"organisation": None, "sort_key": sort_key(name)}
    found = all_issuers.filter(**wanted).first()
    if found is None:
        found = Issuer(name=own.name if own else name, organisation=own)
        found.save()
    return found


def _slug(type: str, symbol: str, issued_on: date | None, subject: str) -> str:
    said = " ".join(
        filter(None, (type, symbol, f"{issued_on:%Y-%m-%d}" if issued_on else "", "" if symbol else subject))
    )
    return f"{slugify(search_key(said))[:70].strip('-')}-{uuid.uuid4().hex[:8]}"
