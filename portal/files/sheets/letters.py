"""Texts typed in the encodings before Unicode, which look right only in the fonts of their time."""

import re

OLD_LETTERS = (
    "Chữ trong bảng gõ bằng bảng mã cũ (TCVN3, VNI) nên không đọc được. "
    "Hãy chuyển bảng sang Unicode, ví dụ bằng công cụ của UniKey, rồi chọn lại."
)
# TCVN3 (.VnTime): signs that no Vietnamese word has, next to a letter: NguyÔn V¨n Hïng, §¶ng viªn
_TCVN3 = re.compile(r"[A-Za-z][¡-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðö÷øûüþÿ]|[¡-¿ÆÇËÎÏÐÖ×ØÞß÷ø][A-Za-z]|[a-z][ÂÊÔÁÀÉÈÍÌ]")
# VNI: the mark stands behind its letter: Nguyeãn Vaên Huøng, Ñaûng vieân
_VNI = re.compile(r"[aeAE][âêôáàãéèíìóòõúùûåäïÂÊÔÁÀÃÉÈÓÒÕÚÙÛÅÄÏ]|[uoUO][øûõïåäØÛÕÏÅÄ]")


def in_old_letters(text: str) -> bool:
    return bool(_TCVN3.search(text) or _VNI.search(text))
