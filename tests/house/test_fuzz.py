"""No address, header, form or file gives a 500. The addresses come from the URL table, the fields from the pages' forms."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pytest
from django.test import Client
from lxml import html

from branches.views.reorganisations import ACTS
from members.views.acts import ACTS as ACTS_ON_MEMBERS
from portal.help.services.library import load_library_if_empty
from tests.access.objects import path_for, put_one_of_each
from tests.cast import Cast
from tests.house.addresses import Address, all_addresses
from tests.standing import of_its_own, standing

BAD_VALUES = {
    "uuid": ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "int": ["0", "1", "2147483648", "9223372036854775808", "9" * 400],
    "slug": ["a", "khong-co", "a" * 5_000, "-"],
    "str": ["%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "%F0%9F%9A%80", "a" * 5_000, "%25"],
}
BAD_QUERIES = [
    "trang=abc", "trang=-1", "trang=" + "9" * 40, "trang=", "tim=%00", "tim=%ff%fe", "tim=" + "a" * 6_000, "tim[]=1",
    "next=//evil.example", "next=javascript:alert(1)", "&&&===", "%=%", "a=" + "&a=" * 400, "tim=%F0%9F%9A%80%CC%81",
]  # fmt: skip
SEVERAL_BAD_QUERIES = [
    "trang=abc&tim=%00&next=//evil.example&loc=%00&nam=abc", "trang=" + "9" * 40 + "&tim=%ff%fe&tim[]=1&loc=%ff&nam=" + "9" * 40,
    "trang=-1&tim=" + "a" * 6_000 + "&next=javascript:alert(1)&nam=-1",
]  # fmt: skip
BAD_TEXTS = ["", "\0", "a\u0301" * 300, "\U0001f680", "\u202e", "' OR 1=1 --", "{{ 7*7 }}", "<script>alert(1)</script>",
             "9" * 500, "-1", "1e400", "NaN", "\ud7ff", "31/02/2026"]  # fmt: skip
BAD_BODIES = [
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"a=1", "multipart/form-data"),
    (b"a=1", "multipart/form-data; boundary=" + "b" * 300),
    (b"\xff\xfe=\xff", "application/x-www-form-urlencoded; charset=bogus"),
    (b"%ff%fe=%ff&%00=1", "application/x-www-form-urlencoded"),
    (b'{"a": ', "application/json"),
    (b"", ""),
    (b"a=" + b"x" * 2_700_000, "application/x-www-form-urlencoded"),  # more than Django takes, 2.5 MiB
    (b"&".join(b"f%d=1" % n for n in range(6_000)), "application/x-www-form-urlencoded"),
]
BAD_HEADERS = [
    {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "a b"}, {"HTTP_COOKIE": "phien=\x80\x81; csrf=;;;=;"},
    {"HTTP_COOKIE": "co-chu=999"}, {"HTTP_ACCEPT_ENCODING": "br;q=x, ,gzip;;"}, {"HTTP_HX_REQUEST": "true"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "%ff", "HTTP_HX_TARGET": "\xff"}, {"HTTP_REFERER": "\xff\xfe"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 5_000}, {"HTTP_X_FORWARDED_PROTO": "gopher"}, {"HTTP_IF_NONE_MATCH": '"' * 50},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 99 Foo 99999 99:99:99 GMT"}, {"HTTP_RANGE": "bytes=9-1"},
]  # fmt: skip
MOST_TRIES = 80  # of one form; each box gets one text at least
METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"]
NUMBERS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")
PEOPLE = ["nobody", "thinh", "mai", "khoi"]


library = standing(lambda cast: load_library_if_empty())


@pytest.fixture
def cast(library: Cast, db: None) -> Cast:
    return of_its_own(library)


@pytest.fixture(params=PEOPLE)
def person(request: pytest.FixtureRequest, cast: Cast) -> Client:
    client = Client() if request.param == "nobody" else request.getfixturevalue(f"as_{request.param}")
    client.raise_request_exception = False
    return client


def addresses_of(address: Address) -> list[str]:
    """First as it may be; then with each bad value of its kind in each place, so that it gets as far as the view."""
    kinds = kinds_of(address)
    plain = {name: BAD_VALUES[kind][0] for name, kind in kinds}
    bad = [plain | {name: value} for name, kind in kinds for value in BAD_VALUES[kind]]
    return list(dict.fromkeys(address.filled(**values) for values in [plain, *bad]))


def outside_the_table(address: Address) -> list[str]:
    """With values of other kinds: the table of addresses refuses them before it is asked who it is."""
    own = {kind for _, kind in kinds_of(address)}
    others = [value for kind, values in BAD_VALUES.items() if kind not in own for value in values]
    return [address.filled(**dict.fromkeys(address.parameters, value)) for value in others] if own else []


def kinds_of(address: Address) -> list[tuple[str, str]]:
    return [(name, kind) for kind, name in re.findall(r"<(\w+):(\w+)>", address.route)]


def fine(client: Client, method: str, path: str, **options: object) -> bool:
    answer = client.generic(method, path, **options)
    allowed = answer.status_code < 500 or (path.startswith("/health/") and answer.status_code == 503)
    assert allowed, f"{method} {path[:200]} {options} → {answer.status_code}"
    return True


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_no_address_gives_a_500(person: Client, address: Address, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.watch.health.PATIENCE", 0.01)
    for path in addresses_of(address):
        fine(person, "GET", path)
    if not address.parameters:  # where nothing is found, no query is read: those pages have theirs below
        for query in BAD_QUERIES:
            fine(person, "GET", addresses_of(address)[0], QUERY_STRING=query)


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_no_header_method_or_body_gives_a_500(as_mai: Client, address: Address, monkeypatch: pytest.MonkeyPatch):
    """As who may most: what comes before the view is the same for everybody."""
    monkeypatch.setattr("portal.watch.health.PATIENCE", 0.01)
    as_mai.raise_request_exception = False
    path = addresses_of(address)[0]
    for outside in outside_the_table(address):
        fine(as_mai, "GET", outside)
    for query in BAD_QUERIES:
        fine(as_mai, "GET", path, QUERY_STRING=query)
    for headers in BAD_HEADERS:
        fine(as_mai, "GET", path, **headers)
    for method in METHODS:
        fine(as_mai, method, path)
    for body, content_type in BAD_BODIES:
        fine(as_mai, "POST", path, data=body, content_type=content_type)


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_no_field_of_a_form_gives_a_500(as_khoi: Client, address: Address):
    as_khoi.raise_request_exception = False
    try_forms(as_khoi, addresses_of(address)[0])


def pages_about_something() -> list[tuple[str, str]]:
    """Names and slugs of the pages whose forms stand on an object; an act on the tree has a form for each."""
    named = [(address.name, "") for address in all_addresses() if ":pk>" in address.route]
    several = {"act_on_tree": [act.slug for act in ACTS], "act_on_member": [act.slug for act in ACTS_ON_MEMBERS]}
    return [
        *(page for page in named if page[0] not in several),
        *((name, slug) for name, slugs in several.items() for slug in slugs),
    ]


@pytest.mark.parametrize(("name", "slug"), pages_about_something())
def test_no_field_of_an_offices_form_gives_a_500(cast: Cast, as_mai: Client, name: str, slug: str):
    """All but one field as a person would leave it, so that the bad one gets as far as it can."""
    put_one_of_each(cast)
    address = next(address for address in all_addresses() if address.name == name)
    path = path_for(address, cast, slug)
    as_mai.raise_request_exception = False
    for query in SEVERAL_BAD_QUERIES:
        fine(as_mai, "GET", path, QUERY_STRING=query)
    try_forms(as_mai, path)


@pytest.mark.parametrize("path", ["/\xff/", "/%ff/", "/" + "a/" * 2_000, "/.env", "//evil.example/", "/tro-giup/..%2f"])
def test_no_address_outside_the_table_gives_a_500(person: Client, path: str):
    fine(person, "GET", path)
    fine(person, "POST", path)


class Form(NamedTuple):
    method: str
    action: str
    values: dict[
        str, str
    ]  # as it comes: what stands in its boxes, the first of each choice, a word where nothing stands


def try_forms(client: Client, path: str) -> None:
    """Each form of the page, sent where it says, with one box filled badly."""
    for form in forms_on(client, path):
        fields = one_of_each_shape(form.values)
        each = max(1, MOST_TRIES // max(len(fields), 1))
        for place, field in enumerate(fields):
            for number in range(min(each, len(BAD_TEXTS))):  # of a long form each box gets some, all boxes together all
                text = BAD_TEXTS[(place * each + number) % len(BAD_TEXTS)]
                send = client.post if form.method == "post" else client.get
                answer = send(form.action, form.values | {field: text})
                assert answer.status_code < 500, f"{form.action} {field}={text[:40]!r}"


def one_of_each_shape(fields: Iterable[str]) -> list[str]:
    """Of fields that differ in a number alone (each member's mark, each line of an agenda) the first stands for all."""
    found: dict[str, str] = {}
    for field in fields:
        found.setdefault(NUMBERS.sub("#", field), field)
    return list(found.values())


def form_fields(client: Client, path: str) -> list[str]:
    """Of all forms of the page."""
    return sorted({field for form in forms_on(client, path) for field in form.values})


def forms_on(client: Client, path: str) -> list[Form]:
    answer = client.get(path)
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return []
    found: dict[tuple[str, str], Form] = {}
    for form in html.fromstring(answer.content.decode()).xpath("//main//form"):
        method, action = form.get("method", "get").lower(), form.get("action") or path
        values: dict[str, str] = {}
        for control in form.xpath(".//*[@name]"):
            name = control.get("name")
            options = control.xpath(".//option[@value != '']/@value")
            if name != "csrfmiddlewaretoken" and control.get("type") != "file":
                values.setdefault(name, options[0] if options else control.get("value") or control.text or "x")
        found.setdefault((method, NUMBERS.sub("#", action)), Form(method, action, values))
    return list(found.values())
