"""What a form says of a wrong value, in plain Vietnamese. Django's own translation is incomplete, and speaks of “fields”."""

import re

from django import forms

# Later kinds speak over earlier ones. {field} is the label, as it stands within a sentence.
_SENTENCES: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.Field, {"required": "Chưa nhập {field}."}),
    (
        forms.CharField,
        {
            "max_length": "{Field} dài quá: tối đa %(limit_value)d chữ, đang có %(show_value)d chữ.",
            "min_length": "{Field} ngắn quá: ít nhất %(limit_value)d chữ, đang có %(show_value)d chữ.",
            "null_characters_not_allowed": "{Field} có ký tự lạ, hãy xóa đi rồi viết lại.",
        },
    ),
    (
        forms.IntegerField,
        {
            "invalid": "{Field} phải là số, ví dụ 12.",
            "min_value": "{Field} phải từ %(limit_value)s trở lên.",
            "max_value": "{Field} không được quá %(limit_value)s.",
            "step_size": "{Field} phải chia hết cho %(limit_value)s.",
        },
    ),
    (
        forms.DecimalField,
        {
            "invalid": "{Field} phải là số, ví dụ 12,5.",
            "max_digits": "{Field} có nhiều chữ số quá: tối đa %(max)s.",
            "max_decimal_places": "{Field} chỉ được có %(max)s chữ số sau dấu phẩy.",
            "max_whole_digits": "{Field} chỉ được có %(max)s chữ số trước dấu phẩy.",
        },
    ),
    (forms.FloatField, {"invalid": "{Field} phải là số, ví dụ 12,5."}),
    (forms.DateField, {"invalid": "{Field} chưa đúng. Viết theo thứ tự ngày, tháng, năm, ví dụ 05/12/2025."}),
    (forms.TimeField, {"invalid": "{Field} chưa đúng. Viết giờ và phút, ví dụ 19:30."}),
    (forms.DateTimeField, {"invalid": "{Field} chưa đúng, ví dụ 05/12/2025 19:30."}),
    (forms.DurationField, {"invalid": "{Field} chưa đúng.", "overflow": "{Field} dài quá."}),
    (forms.RegexField, {"invalid": "{Field} chưa đúng cách viết."}),
    (forms.SlugField, {"invalid": "{Field} chỉ gồm chữ không dấu, chữ số và gạch nối."}),
    (forms.EmailField, {"invalid": "{Field} chưa đúng, ví dụ hoa@vidu.vn."}),
    (forms.URLField, {"invalid": "{Field} chưa đúng, ví dụ https://vidu.vn."}),
    (forms.UUIDField, {"invalid": "{Field} chưa đúng."}),
    (forms.BooleanField, {"required": "Hãy đánh dấu vào ô “{label}” để tiếp tục."}),
    (
        forms.ChoiceField,
        {
            "required": "Chưa chọn {field}.",
            "invalid_choice": "{Field}: lựa chọn này không còn, hãy chọn lại trong danh sách.",
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            "invalid_choice": "{Field}: có lựa chọn không còn, hãy chọn lại trong danh sách.",
            "invalid_list": "{Field}: hãy chọn lại trong danh sách.",
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "invalid_pk_value": "{Field}: có lựa chọn không còn, hãy chọn lại trong danh sách.",
            "invalid_list": "{Field}: hãy chọn lại trong danh sách.",
        },
    ),
    (
        forms.FileField,
        {
            "required": "Chưa chọn {field}.",
            "invalid": "Chưa nhận được {field}. Hãy chọn lại rồi gửi lần nữa.",
            "missing": "Chưa nhận được {field}. Hãy chọn lại rồi gửi lần nữa.",
            "empty": "Tệp này không có gì bên trong. Hãy chọn tệp khác.",
            "max_length": "Tên tệp dài quá: tối đa %(max)d chữ, đang có %(length)d chữ.",
            "contradiction": "Hoặc chọn tệp mới, hoặc bỏ tệp cũ, không làm cả hai.",
        },
    ),
    (forms.ImageField, {"invalid_image": "Tệp này không phải là ảnh, hoặc ảnh đã hỏng. Hãy chọn ảnh khác."}),
]


def put_into_words(field: forms.Field, label: str) -> None:
    """Give a field our sentences wherever it still has Django's; a sentence that its form wrote stays."""
    djangos = _djangos_own(field)
    for code, template in _ours(field).items():
        if field.error_messages.get(code) is djangos.get(code):
            field.error_messages[code] = _filled(template, label)


def _djangos_own(field: forms.Field) -> dict[str, object]:
    own: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            own |= getattr(kind, "default_error_messages", {})
    return own


def _ours(field: forms.Field) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for kind, more in _SENTENCES:
        if isinstance(field, kind):
            sentences |= more
    return sentences


def _filled(template: str, label: str) -> str:
    """The label within a sentence: without what stands in brackets, and small, unless it is an abbreviation: “CCCD”.

    A per cent sign would be taken for a place to fill in, so it is written out.
    """
    plain = re.sub(r"\s*\([^)]*\)", "", label).replace("%", "phần trăm")
    inside = plain if plain[1:2].isupper() else plain[:1].lower() + plain[1:]
    return template.format(field=inside, Field=inside[:1].upper() + inside[1:], label=plain)
