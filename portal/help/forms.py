from django import forms

from portal.ui.forms import PortalForm
from portal.ui.versions import VersionForm


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


class ChangeTermForm(VersionForm, TermForm):
    pass


class ChangeArticleForm(VersionForm, ArticleForm):
    pass
