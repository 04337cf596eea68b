from typing import Any

from django import forms

from portal.help.models import Written
from portal.ui.forms import PortalForm


class TermForm(PortalForm):
    word = forms.CharField(label="Thuật ngữ", max_length=80, help_text="Viết như trong văn bản, ví dụ: chi bộ.")
    meaning = forms.CharField(
        label="Nghĩa là", max_length=1_000, widget=forms.Textarea(attrs={"rows": 4}), help_text="Một hai câu dễ hiểu."
    )


class ArticleForm(PortalForm):
    title = forms.CharField(label="Tên bài", max_length=120, help_text="Nói việc người đọc muốn làm.")
    summary = forms.CharField(label="Một câu tóm tắt", max_length=200)
    body = forms.CharField(
        label="Nội dung",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Dòng bắt đầu bằng “## ” là đề mục, “- ” là gạch đầu dòng, “1. ” là các bước.",
    )
    position = forms.IntegerField(
        label="Thứ tự", min_value=0, max_value=9_999, initial=100, help_text="Số nhỏ đứng trước."
    )


class VersionForm(forms.Form):
    """The version the writer had before them when the page was opened."""

    version = forms.IntegerField(min_value=0, max_value=2_147_483_646, widget=forms.HiddenInput)


class ChangeTermForm(VersionForm, TermForm):
    pass


class ChangeArticleForm(VersionForm, ArticleForm):
    pass


def newer_than(form: VersionForm, written: Written) -> dict[str, Any]:
    """What the page of a form over a written thing shows: the version it is based on from now on, and, if somebody saved
    since the writer opened it, the newer text beside their own."""
    based_on = form["version"].value() if form.is_bound else written.version
    return {"version": written.version, "newer": written if str(based_on) != str(written.version) else None}
