"""What posts without a form of its own carries the token that a post needs; else it is refused, and only the console says so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TAG = re.compile(r"<(\w+)\b([^>]*\bhx-post=[^>]*(?:\{%.*?%\}[^>]*|\{\{.*?\}\}[^>]*)*)>")
TEMPLATES = sorted((settings.BASE / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if "hx-post=" in path.read_text()], ids=lambda path: Path(path).stem
)
def test_a_post_has_its_token(path: Path):
    found = TAG.findall(path.read_text())
    assert found
    for name, words in found:
        assert name == "form" or "closest form" in words or "csrf_token" in words or "hx-include" in words, words[:120]
