"""What the house refuses, it refuses: each rule is broken once, and seen to be caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines

from tests.house import templates
from tests.house.language import english_leftovers
from tests.undefined import UndefinedTemplateVariable

CHECKOUT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
PACKAGES = ["portal", "branches", "members", "directives", "meetings", "tests", "bench"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(CHECKOUT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("branches/apps.py", "import meetings.apps", "Floors"),
        ("portal/words/text.py", "import portal.ui.apps", "Floors"),
        ("portal/help/models.py", "import portal.help.forms", "Inside each app"),
        ("portal/help/forms.py", "import portal.settings", "Settings come by"),
        ("tests/recount/__init__.py", "import portal.words.text", "Recounts"),
        ("members/apps.py", "import tests.conftest", "never imports its tests"),
    ],
)
def test_an_import_that_points_up_is_refused(copy: Path, file: str, line: str, contract: str):
    path = copy / file
    before = path.read_text()
    path.write_text(before + f"\n{line}\n")
    done = subprocess.run([BIN / "lint-imports", "--no-cache"], cwd=copy, capture_output=True, text=True)
    path.write_text(before)
    assert done.returncode != 0
    assert contract in done.stdout.split("Broken contracts")[1], done.stdout


@pytest.mark.parametrize(
    ("markup", "rule"),
    [('<p style="color: red">Chào</p>\n', "H021"), ('<img src="/static/a.png">\n', "H013"), ("{{x}}\n", "T001")],
)
def test_a_template_against_the_rules_is_refused(tmp_path: Path, markup: str, rule: str):
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "page.html").write_text(markup)
    done = subprocess.run([BIN / "djlint", "page.html", "--lint"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert rule in done.stdout


def test_a_template_that_nobody_names_is_refused(copy: Path):
    shutil.copytree(CHECKOUT / "templates", copy / "templates", dirs_exist_ok=True)
    (copy / "templates/forgotten.html").write_text("<p>Không ai dùng</p>")
    assert templates.unused(copy) == ["forgotten.html"]


@pytest.mark.parametrize(
    "markup", ["<p>This field is required.</p>", '<input placeholder="Search">', '<a aria-label="Next">›</a>']
)
def test_an_english_leftover_is_refused(markup: str):
    assert english_leftovers(f"<html lang='vi'><body>{markup}</body></html>")


@pytest.mark.parametrize("markup", ["<p>Chi bộ thôn Đông họp ngày 05/11/2026.</p>", '<input value="anything typed">'])
def test_vietnamese_passes(markup: str):
    assert english_leftovers(f"<html lang='vi'><body>{markup}</body></html>") == []


@pytest.mark.parametrize("markup", ["{{ nothing }}", "{{ nothing.at.all }}", "{{ nothing|default:'–' }}"])
def test_an_undefined_template_variable_is_refused(markup: str):
    with pytest.raises(UndefinedTemplateVariable, match="nothing"):
        engines["django"].from_string(markup).render({})


@pytest.mark.parametrize("markup", ['{% badge "ok" %}', '{% badge "ok" "check" "Đạt" colour="red" %}'])
def test_a_component_with_missing_or_unknown_parameters_is_refused(markup: str):
    from django.template import TemplateSyntaxError

    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(markup)
