from typing import NamedTuple

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Table


class Kept(NamedTuple):
    """How long papers of a kind are kept."""

    paper: str
    period: str


RETENTION = Definition(
    "archive.retention",
    "Thời hạn lưu giấy tờ của chi bộ",
    "Ghi cạnh từng loại giấy tờ trong hồ sơ lưu của năm.",
    Table(
        Kept,
        labels={"paper": "Loại giấy tờ", "period": "Thời hạn"},
        words=lambda row: f"{row.paper}: {row.period}",
        most=12,
    ),
    Kind.PROVINCE,
)
SUBJECT = Subject("luu-tru", "Lưu trữ", (RETENTION,), DEFAULTS / "archive.toml")
