"""One JSON object a line, with the request's number, without names of persons."""

import json
import logging

from django.test import Client

from portal.watch.logs import JsonLines
from portal.watch.requests import new_number, request_number


def test_a_line_is_json_and_carries_the_number():
    token = request_number.set("K7PM-4XQ2")
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, "đã gửi %d thư", (3,), None)
    line = json.loads(JsonLines().format(record))
    request_number.reset(token)
    assert (line["message"], line["request"], line["level"]) == ("đã gửi 3 thư", "K7PM-4XQ2", "info")


def test_an_error_keeps_its_trace():
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        import sys

        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "hỏng", (), sys.exc_info())
    assert "ZeroDivisionError" in json.loads(JsonLines().format(record))["error"]


def test_the_answer_says_its_number_and_the_log_names_nobody(as_thinh: Client, thinh, caplog):
    with caplog.at_level(logging.INFO, logger="portal.requests"):
        answer = as_thinh.get("/tro-giup/thuat-ngu/?tim=L%C3%B2+V%C4%83n+Th%E1%BB%8Bnh")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "portal.requests"]
    assert [line["account"] for line in lines] == [thinh.pk]
    assert [line["page"] for line in lines] == ["glossary"]
    assert thinh.full_name not in json.dumps(lines, ensure_ascii=False)
    assert len(answer["X-Request-Number"]) == 9


def test_numbers_can_be_read_out_on_the_telephone():
    assert not set("".join(new_number() for _ in range(200))) & set("01OIL")
