"""One row a page, one column a person. A page that is missing here fails."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.access.objects import path_for, put_one_of_each
from tests.cast import Cast
from tests.house.addresses import Address, all_addresses
from tests.standing import of_its_own, standing

# What each person gets who asks for a page by GET. The object in question is chi bộ thôn Đông, or its secretary's grant.
#   nobody   signed out                     mai      office of the commune above (parent)
#   hau      member of thôn Đông (own)      quyet    office of another commune (foreign)
#   thinh    its secretary (own)            xua      was secretary until yesterday (retired grant)
#   hoa      secretary next door (sibling)  moi      will be from tomorrow (not yet begun)
#   kien     office of the province         khoi     administrator
PEOPLE = ["nobody", "hau", "thinh", "hoa", "mai", "quyet", "xua", "moi", "kien", "khoi"]
EVERYBODY = "302 200 200 200 200 200 200 200 200 200"  # who is signed in
OPEN = "200 200 200 200 200 200 200 200 200 200"
BY_POST = "302 405 405 405 405 405 405 405 405 405"
ADMINISTRATORS = "302 403 403 403 403 403 403 403 403 200"
READS_ROLL = "302 403 200 404 200 404 403 403 403 403"
READS_LIBRARY = "302 200 200 200 200 200 403 403 200 200"  # whoever has a role today
RECORDS_MEETING = "302 403 200 404 200 404 403 403 403 403"
SEES_TASKS = "302 403 200 200 200 200 403 403 200 403"  # what was given to whom: each their own
KEEPS_ROLL = "302 403 200 404 200 404 403 403 403 403"
TABLE = {
    "home": EVERYBODY,
    "undone": "302 403 200 200 200 200 403 403 200 403",  # of what lies below one, perhaps nothing
    "my_dashboard": "302 403 302 302 302 302 403 403 302 403",  # that of where one acts
    "dashboard": "302 403 200 404 200 404 403 403 200 403",
    "dashboard_block": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_projector": "302 403 404 404 200 404 403 403 200 403",
    # of the commune above: a branch has no branches below it
    "dashboard_month": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_figure": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_overdue": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_proposals": "302 404 404 404 200 404 403 403 403 403",
    "remind_to_meet": "302 403 403 403 200 404 403 403 403 403",
    "dashboard_seen": BY_POST,
    "dashboard_version": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_beside": "302 403 404 404 200 404 403 403 200 403",
    "dashboard_tasks": "302 403 404 404 200 404 403 403 200 403",
    "figures": "302 403 200 404 200 404 403 403 200 403",  # of chi bộ thôn Đông
    "figure": "302 403 200 404 200 404 403 403 200 403",
    "reports": "302 403 200 404 200 404 403 403 200 403",  # of chi bộ thôn Đông
    "report_begin": "302 403 200 200 200 200 403 403 200 403",  # of where one acts
    # a draft of chi bộ thôn Đông: those above see what was issued
    "report": "302 403 200 404 404 404 403 403 404 403",
    "report_moved": "302 403 200 404 404 404 403 403 404 403",
    "report_words": BY_POST,
    "report_explain": "302 403 302 404 404 404 403 403 404 403",  # no figure is named
    "report_send_back": BY_POST,
    "act_on_report": BY_POST,
    "report_paper": "302 403 200 404 404 404 403 403 404 403",
    "report_table": "302 403 302 404 404 404 403 403 404 403",  # no table is named
    # what came to the commune above; chi bộ thôn Đông sees that its own arrived
    "arrivals": "302 403 404 404 200 404 403 403 200 403",
    "arrivals_of": "302 403 404 404 200 404 403 403 200 403",
    "remind_of_reports": BY_POST,
    "bundle_reports": BY_POST,
    "arrival": "302 403 200 404 200 404 403 403 200 403",
    "take_arrival": BY_POST,
    "return_arrival": "302 403 403 403 200 404 403 403 403 403",
    "report_check": OPEN,
    "inbox": EVERYBODY,
    "open_notice": BY_POST,
    "read_all_notices": BY_POST,
    "notice_choices": EVERYBODY,
    "deliveries": "302 403 403 403 200 200 403 403 200 200",
    "send_failed_again": BY_POST,
    "send_delivery_again": BY_POST,
    "health": "503 503 503 503 503 503 503 503 503 503",  # no worker in this test; open, says nothing of the inside
    "sign_in": "200 302 302 302 302 302 302 302 302 302",
    "mfa_authenticate": "302 302 302 302 302 302 302 302 302 302",  # only between the password and the code
    "forgotten_password": OPEN,
    "reset_password": "410 410 410 410 410 410 410 410 410 410",  # the link of no mail
    "sign_out": BY_POST,
    "more": EVERYBODY,
    "text_size": "405 405 405 405 405 405 405 405 405 405",
    "account": EVERYBODY,
    "confirm": EVERYBODY,
    "change_password": EVERYBODY,
    "new_password": "302 302 302 302 302 302 302 302 302 302",  # only with the password of a slip
    "second_factor": "302 302 302 302 302 302 302 302 302 302",  # the password is asked for again
    "authenticator_app": "302 302 302 302 302 302 302 302 302 302",
    "passkey": "302 302 302 302 302 302 302 302 302 302",
    "remove_factor": BY_POST,
    "remove_second_factor": BY_POST,
    "recovery_codes": "302 302 302 302 302 302 302 302 302 302",
    "recovery_codes_file": "302 302 302 302 302 302 302 302 302 302",
    "sessions": EVERYBODY,
    "end_session": BY_POST,
    "end_other_sessions": BY_POST,
    "act_as": BY_POST,
    "offline": OPEN,
    "service_worker": OPEN,
    "manifest": OPEN,
    "style_guide": ADMINISTRATORS,
    "file": "302 404 404 404 404 404 404 404 404 404",  # the uploader's; tests/files tells the rest
    "my_jobs": EVERYBODY,
    "job": "302 404 404 404 404 404 404 404 404 404",  # the one's who asked; tests/jobs tells the rest
    "job_row": "302 404 404 404 404 404 404 404 404 404",
    "cancel_job": BY_POST,
    "organisations": "302 200 200 200 200 200 403 403 200 200",
    "organisation": "302 200 200 404 200 404 403 403 200 200",
    "organisations_below": "302 200 200 404 200 404 403 403 200 200",
    "describe_organisation": "302 403 403 403 200 404 403 403 200 403",
    "reorganise": "302 403 403 403 200 404 403 403 200 403",
    "act_on_tree": "302 403 403 403 200 404 403 403 200 403",
    "reorganisation": "302 403 403 403 200 404 403 403 200 403",
    "undo_reorganisation": BY_POST,
    "onlookers": "302 403 200 404 200 404 403 403 200 200",
    "organisation_panel": "302 403 200 404 200 404 403 403 403 403",  # the panel of the roll
    "traces": "302 403 200 404 200 404 403 403 200 403",
    "rules": "302 200 200 404 200 404 403 403 200 200",
    "rule": "302 200 200 404 200 404 403 403 200 200",
    "take_back_rule": BY_POST,
    "give_grant": "302 403 403 403 200 404 403 403 200 200",
    "open_account": "302 403 403 403 200 404 403 403 200 200",
    "check_account_sheet": "302 403 403 403 200 404 403 403 200 200",
    "apply_account_sheet": BY_POST,
    "blank_account_sheet": "302 403 403 403 200 404 403 403 200 200",
    "ask_for_persons": "302 403 403 403 403 403 403 403 200 403",
    "end_enquiry": BY_POST,
    "reissue_password": "302 403 403 403 200 404 403 403 200 200",
    "remove_lost_second_factor": "302 403 403 403 200 404 403 403 200 200",
    "end_grant": "302 403 403 403 200 404 403 403 200 200",
    "number_register": "302 200 200 404 200 404 403 403 200 200",
    "print_number_register": "302 200 200 404 200 404 403 403 200 200",
    "take_number": "302 403 200 404 200 404 403 403 200 403",
    "reserve_numbers": "302 403 200 404 200 404 403 403 200 403",
    "record_number": "302 403 200 404 200 404 403 403 200 403",
    "use_number": "302 403 200 404 200 404 403 403 200 403",
    "void_number": "302 403 200 404 200 404 403 403 200 403",
    "open_term": "302 403 200 404 200 404 403 403 200 403",
    "correct_term": "302 403 200 404 200 404 403 403 200 403",
    # the object is xã Phú Lương, and a village of its that chi bộ thôn Đông covers
    "settlements": "302 404 404 404 200 404 403 403 200 200",
    "add_settlement": "302 403 403 403 200 404 403 403 200 403",
    "add_settlements": "302 403 403 403 200 404 403 403 200 403",
    "change_settlement": "302 403 403 403 200 404 403 403 200 403",
    "assign_settlement": "302 403 403 403 200 404 403 403 200 403",
    "end_settlement": "302 403 403 403 200 404 403 403 200 403",
    # what an office of xã Phú Lương has brought; quyet has an office of its own, elsewhere
    "import_members": "302 403 403 403 200 404 403 403 403 403",
    "blank_member_sheet": "302 403 403 403 200 404 403 403 403 403",
    "member_import": "302 403 403 403 200 404 403 403 403 403",
    "match_import_columns": "302 403 403 403 200 404 403 403 403 403",
    "apply_member_import": BY_POST,
    "undo_member_import": BY_POST,
    "stop_member_import": BY_POST,
    "wrong_import_rows": "302 403 403 403 302 404 403 403 403 403",  # its file is no longer there
    "export_members": "302 403 200 404 200 404 403 403 403 403",
    "membership_changes": "302 403 200 404 200 404 403 403 403 403",
    # the roll, and Quàng, a member of chi bộ thôn Đông who is linked to nobody's account
    "my_roll": "302 403 302 302 302 302 403 403 403 403",
    "roll": READS_ROLL,
    "gone_members": READS_ROLL,
    "badges_due": READS_ROLL,
    "roll_quality": READS_ROLL,
    "member": READS_ROLL,
    "enter_member": KEEPS_ROLL,
    "change_member": KEEPS_ROLL,
    "act_on_member": KEEPS_ROLL,  # to exempt
    "answer_correction": KEEPS_ROLL,
    "closed_record": BY_POST,
    "write_closed_record": BY_POST,
    "merge_members": "302 403 403 403 200 404 403 403 403 403",
    "undo_merge": BY_POST,
    "take_back_badge": BY_POST,
    "offices": READS_ROLL,
    "take_office": "302 403 403 403 200 404 403 403 403 403",
    "leave_office": "302 403 403 403 200 404 403 403 403 403",
    "end_side_post": KEEPS_ROLL,
    "meeting_book": "302 302 302 302 302 302 403 403 403 403",  # the book of where one acts
    "meeting_figures": "302 403 302 302 302 302 403 403 302 403",  # the grid of where one acts
    "meetings_of": "302 200 200 404 200 404 403 403 403 403",
    "meeting_grid": "302 403 302 404 302 404 403 403 302 403",  # of a branch it is its book
    "slot_decide": "302 403 403 403 200 404 403 403 403 403",
    "slot_withdraw": BY_POST,
    "assignments": READS_ROLL,
    "assignments_paper": READS_ROLL,
    "assignment": READS_ROLL,
    "propose_assignments": BY_POST,
    "agree_assignments": KEEPS_ROLL,
    "save_tasks": BY_POST,
    "end_assignment": KEEPS_ROLL,
    "own_record": EVERYBODY,
    "ask_for_correction": "302 200 404 404 404 404 404 404 404 404",  # hau has a record
    # the library; the object is a plan that the office of xã Phú Lương keeps
    "library": READS_LIBRARY,
    "obligations": READS_LIBRARY,
    "document": "302 200 200 200 200 404 403 403 200 200",
    "enter_document": "302 403 403 403 200 200 403 403 200 403",
    "register_secret": "302 403 403 403 200 200 403 403 200 403",
    "change_document": "302 403 403 403 200 404 403 403 200 403",
    "relate_document": "302 403 403 403 200 404 403 403 200 403",
    "merge_document": "302 403 403 403 302 404 403 403 302 403",  # it is no stub
    "take_apart": "302 403 403 403 200 404 403 403 200 403",
    "strike_secret": "302 403 403 403 200 404 403 403 200 403",  # a paper of that office
    "bookmark_document": BY_POST,
    "orders": SEES_TASKS,
    "start_order": "302 403 403 403 200 404 403 403 200 403",
    "order": "302 403 200 200 200 404 403 403 200 403",  # given to both branches of xã Phú Lương
    "change_order": "302 403 403 403 200 404 403 403 200 403",  # a draft of xã Phú Lương
    "give_order": BY_POST,
    "drop_order": BY_POST,
    "receive_order": BY_POST,
    "order_plan": "302 403 200 200 200 404 403 403 200 403",
    "order_sheet": "302 403 403 403 200 404 403 403 200 403",
    "apply_order_sheet": BY_POST,
    "ordered_task": "302 403 200 200 200 404 403 403 200 403",
    "drop_ordered": BY_POST,
    "record_occurrence": BY_POST,
    "withdraw_ordered": BY_POST,
    "task_inbox": SEES_TASKS,
    "task_inbox_of": "302 403 200 404 200 404 403 403 200 403",
    "asked_of": "302 403 200 404 200 404 403 403 200 403",
    "task_assignment": "302 403 200 404 200 404 403 403 200 403",
    "judge_assignment": BY_POST,
    "answer_time": BY_POST,
    "study_coverage": "302 403 200 200 200 404 403 403 200 403",
    "document_targets": "302 403 200 200 200 404 403 403 200 403",
    "targets": "302 403 200 404 200 404 403 403 200 403",
    "by_hand": "302 403 200 404 200 404 403 403 200 403",
    "shares": "302 403 200 404 200 404 403 403 200 403",
    "new_total": "302 403 403 403 200 404 403 403 200 403",
    "share_out": "302 403 404 404 200 404 403 403 200 403",  # of the commune; a branch sees its own part
    "hand_on_share": BY_POST,
    "order_study": "302 403 403 403 200 404 403 403 200 403",
    "record_study": "302 403 200 404 200 404 403 403 403 403",  # in chi bộ thôn Đông
    # the commune reviews that plan: chi bộ thôn Đông (the object) and thôn Đoài answer
    "reviews": "302 403 200 200 200 404 403 403 200 403",
    "open_review": "302 403 403 403 200 404 403 403 200 403",
    "reviews_of": "302 403 200 404 200 404 403 403 200 403",
    "review": "302 403 200 200 200 404 403 403 200 403",
    "change_review": "302 403 403 403 200 404 403 403 200 403",
    "ask_review_newcomers": BY_POST,
    "drop_review": BY_POST,
    "conclude_review": "302 403 403 403 200 404 403 403 200 403",
    "close_review": BY_POST,
    "review_paper": "302 403 403 403 200 404 403 403 200 403",
    "review_part": "302 403 200 404 200 404 403 403 200 403",
    "write_review_part": "302 403 200 404 200 404 403 403 200 403",
    "send_review_part": BY_POST,
    "judge_review_part": BY_POST,
    "review_part_paper": "302 403 200 404 200 404 403 403 200 403",
    # it inspects chi bộ thôn Đông, which has something to put right
    "inspections_about": "302 403 200 200 200 404 403 403 200 403",
    "inspections_of": "302 403 200 404 200 404 403 403 200 403",
    "make_inspection_programme": "302 403 403 403 200 404 403 403 200 403",
    "inspection_programme": "302 403 404 404 200 404 403 403 200 403",
    "plan_inspection": "302 403 403 403 200 404 403 403 200 403",
    "inspection_programme_paper": "302 403 404 404 200 404 403 403 200 403",
    "inspection": "302 403 200 404 200 404 403 403 200 403",
    "change_planned_inspection": "302 403 403 403 200 404 403 403 200 403",
    "drop_planned_inspection": "302 403 403 403 200 404 403 403 200 403",
    "begin_inspection": "302 403 403 403 200 404 403 403 200 403",
    "conclude_inspection": "302 403 403 403 200 404 403 403 200 403",
    "inspection_findings": BY_POST,
    "make_demand": "302 403 403 403 200 404 403 403 200 403",
    "end_inspection": "302 403 403 403 200 404 403 403 200 403",
    "remove_finding": BY_POST,
    "demand": "302 403 200 404 200 404 403 403 200 403",
    "answer_demand": "302 403 200 404 200 404 403 403 200 403",
    "change_demand": "302 403 403 403 200 404 403 403 200 403",
    "judge_demand": BY_POST,
    # a closed meeting of chi bộ thôn Đông, with a thing that was given and a proposal to xã Phú Lương
    "meeting": "302 200 200 404 200 404 403 403 403 403",
    "meeting_log": RECORDS_MEETING,
    "meeting_save": BY_POST,
    "meeting_news": "302 403 200 404 200 404 403 403 403 403",
    "meeting_close": "302 403 302 404 302 404 403 403 403 403",  # it is closed
    "meeting_reopen": "302 403 200 404 200 404 403 403 403 403",
    "meeting_signed": "302 403 200 404 200 404 403 403 403 403",
    # its papers: as the page that shows the same facts
    "meeting_notice_paper": "302 200 200 404 200 404 403 403 403 403",
    "sheet_to_sign_paper": READS_ROLL,
    "attendance_paper": READS_ROLL,
    "meeting_minutes": "302 200 200 404 200 404 403 403 403 403",
    "score_paper": "302 200 200 404 200 404 403 403 403 403",
    "minutes_text": "302 200 200 404 200 404 403 403 403 403",
    "resolution_paper": "302 200 200 404 200 404 403 403 403 403",
    "thematic_plan_paper": "302 200 200 404 200 404 403 403 403 403",
    "dues_paper": READS_ROLL,
    "year_archive": "302 200 200 404 200 404 403 403 403 403",
    "archive_paper": "302 200 200 404 200 404 403 403 403 403",
    "resolution_book": BY_POST,
    # its score; criteria are those of the commune above, so that a branch's page of copying leads back
    "score_sheet": "302 200 200 404 200 404 403 403 403 403",
    "score_facts": "302 403 200 404 200 404 403 403 403 403",
    "score_beside": "302 403 403 404 200 404 403 403 403 403",  # for the level above
    "quality_below": "302 403 302 404 302 404 403 403 302 403",  # of a branch it is its book
    "criteria_sets": "302 200 200 404 200 404 403 403 200 200",
    "copy_criteria": "302 403 403 403 302 404 403 403 302 403",
    "follow_criteria": BY_POST,
    "action_items": READS_ROLL,
    "action_item": "302 200 200 404 200 404 404 404 404 404",  # hau's own
    "proposals": "302 200 200 404 200 404 403 403 403 403",
    "proposal": "302 200 200 404 200 404 403 403 403 403",
    "past_meetings": "302 403 200 404 200 404 403 403 403 403",
    "past_meetings_sheet": "302 403 200 404 200 404 403 403 403 403",
    "apply_past_meetings": BY_POST,
    "blank_past_sheet": "302 403 200 404 200 404 403 403 403 403",
    "dues": READS_ROLL,
    "dues_pay": "302 403 200 404 200 404 403 403 403 403",
    "unrelate_document": BY_POST,
    "correct_obligation": "302 403 403 403 200 404 403 403 200 403",
    "remove_obligation": BY_POST,
    "save_view": BY_POST,
    "drop_view": BY_POST,
    # before a meeting; the object is one of chi bộ thôn Đông, to which Hậu is asked
    "meeting_plan": RECORDS_MEETING,
    "meeting_prepare": RECORDS_MEETING,
    "meeting_agenda": BY_POST,
    "meeting_papers": BY_POST,
    "meeting_ask": BY_POST,
    "meeting_call_off": RECORDS_MEETING,
    "meeting_notice": RECORDS_MEETING,
    "meeting_answer": "302 200 200 404 200 404 404 404 404 404",
    "open_meeting_papers": BY_POST,
    "meeting_opinion": BY_POST,
    "meeting_ics": "302 200 200 404 200 404 404 404 404 404",
    "my_meetings": EVERYBODY,
    "orientation": "302 200 200 404 200 404 403 403 403 403",
    "orientation_lines": BY_POST,
    "publish_orientation": BY_POST,
    "thematic_plan": "302 200 200 404 200 404 403 403 403 403",
    "send_thematic_plan": BY_POST,
    "decide_thematic_plan": BY_POST,
    "drop_topic": BY_POST,
    "prepare_topic": BY_POST,
    "thematic_plans": "302 404 404 404 200 404 403 403 403 403",  # of the commune
    "withdraw_suggestion": BY_POST,
    "help": EVERYBODY,
    "help_article": EVERYBODY,
    "add_help_article": ADMINISTRATORS,
    "change_help_article": ADMINISTRATORS,
    "glossary": EVERYBODY,
    "add_term": ADMINISTRATORS,
    "change_term": ADMINISTRATORS,
    "remove_term": BY_POST,
}


def missing_from_the_table(addresses: list[Address]) -> list[str]:
    return sorted({address.name for address in addresses} ^ set(TABLE))


def test_every_page_has_its_row():
    assert missing_from_the_table(all_addresses()) == []


def test_a_page_without_a_row_is_found():
    new = Address("notice_board", "bang-tin/", lambda request: None)
    assert missing_from_the_table([*all_addresses(), new]) == ["notice_board"]


one_of_each = standing(put_one_of_each)


@pytest.fixture
def cast(one_of_each: Cast, db: None) -> Cast:
    return of_its_own(one_of_each)


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_who_gets_in(cast: Cast, sign_in: Callable[[str], Client], address: Address, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.watch.health.PATIENCE", 0.01)
    path = path_for(address, cast)
    browsers = [Client() if name == "nobody" else sign_in(name) for name in PEOPLE]
    given = {name: browser.get(path).status_code for name, browser in zip(PEOPLE, browsers, strict=True)}
    assert given == dict(zip(PEOPLE, map(int, TABLE[address.name].split()), strict=True))


def silent_views(addresses: list[Address]) -> list[str]:
    """Views that say nothing: neither @requires, nor @signed_in, nor @login_not_required."""
    return [
        address.name
        for address in addresses
        if not hasattr(address.view, "requires") and getattr(address.view, "login_required", True)
    ]


def test_every_view_says_who_may_come_in():
    assert silent_views(all_addresses()) == []


def test_a_refusal_gives_its_reason(as_thinh: Client):
    answer = as_thinh.get("/tro-giup/thuat-ngu/them/")
    assert answer.status_code == 403
    assert "Chỉ quản trị mới được sửa" in answer.content.decode()
