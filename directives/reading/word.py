"""The paragraphs of a Word file (.docx), read without Word: it is a ZIP folder with one XML file of the text.

The folder is judged before anything is unpacked (portal/files/inspection/office.py); the XML may not declare a type of its
own, which Word never does and which is the way to make a reader fetch or multiply things.
"""

import zipfile
import zlib
from xml.parsers import expat

from django.core.files.base import File

from portal.files.inspection.office import BROKEN, kind_of_office
from portal.files.kinds import Kind
from portal.files.refusals import FileRefused

MOST_BYTES = 20 * 1024 * 1024
_MAIN = "word/document.xml"


class _Paragraphs:
    """Text between <w:p> and </w:p>; a tab is a space, a line break a line."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._said: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._is_text = name == "w:t"
        if name == "w:tab":
            self._said.append(" ")
        if name in ("w:br", "w:cr"):
            self._said.append("\n")

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "w:p":
            self.found.append("".join(self._said).strip())
            self._said = []

    def say(self, text: str) -> None:
        if self._is_text:
            self._said.append(text)


def text_of_word(upload: File) -> str:
    if kind_of_office(upload) != Kind.DOCX:
        raise FileRefused("Chỉ đọc được toàn văn từ tệp Word (.docx). Với tệp khác, hãy dán nội dung vào ô Toàn văn.")
    reader, reading = expat.ParserCreate(), _Paragraphs()
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = (
        reading.start,
        reading.end,
        reading.say,
    )
    reader.StartDoctypeDeclHandler = _refuse
    try:
        upload.seek(0)
        with zipfile.ZipFile(upload) as folder:
            if folder.getinfo(_MAIN).file_size > MOST_BYTES:
                raise FileRefused("Văn bản này quá dài. Hãy dán phần cần dùng vào ô Toàn văn.")
            reader.Parse(folder.read(_MAIN), True)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise FileRefused(BROKEN) from broken
    finally:
        upload.seek(0)
    return "\n\n".join(said for said in reading.found if said)


def _refuse(*declared: object) -> None:
    raise FileRefused(BROKEN)
