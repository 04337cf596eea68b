from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Organisation, Rule
from branches.rules.files import Default, all_defaults
from branches.rules.reading import Rulebook, Standing
from branches.rules.registry import Backdating, Certainty, Definition, definition_of
from branches.rules.shapes import Unfit
from branches.signals import rule_changed
from branches.summary.moved import moved_below
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from portal.words.quantities import day


@action("đặt quy định riêng")
def set_rule(*, key: str, organisation: Organisation, since: date, value: Any, source: str, by: Actor) -> Rule:
    """From a day on, for the organisation and those below it. The same day again mends what was set for it."""
    value = fit_to_set(key=key, organisation=organisation, since=since, value=value, by=by)
    return _write(key, organisation, since, definition_of(key).shape.dump(value), source, by)


@action("trở lại theo quy định của cấp trên")
def follow_above(*, key: str, organisation: Organisation, since: date, source: str, by: Actor) -> Rule:
    """Ends the organisation's own from a day on. A row without a value says so: the past keeps what held in it."""
    fit_to_follow(key=key, organisation=organisation, since=since, by=by)
    return _write(key, organisation, since, None, source, by)


def fit_to_set(*, key: str, organisation: Organisation, since: date, value: Any, by: Actor) -> Any:
    """The value as it would be kept, or a refusal: what a preview asks, and what setting asks again."""
    by.need(Permission.SET_RULES, organisation.path)
    definition = definition_of(key)
    _may_have_its_own(definition, organisation)
    _not_too_early(definition, since)
    try:
        value = definition.shape.checked(value)
    except Unfit as refusal:
        raise DomainError(refusal.sentence, field=refusal.field or "value") from refusal
    _not_laxer(definition, organisation, since, value)
    return value


def fit_to_follow(*, key: str, organisation: Organisation, since: date, by: Actor) -> None:
    by.need(Permission.SET_RULES, organisation.path)
    definition = definition_of(key)
    _may_have_its_own(definition, organisation)
    _not_too_early(definition, since)
    begun = [entry for entry in Rulebook().entries(key, organisation.pk) if entry.since <= since]
    if not begun or begun[-1].follows_above:
        raise DomainError(f"Ngày {day(since)} nơi này vốn theo cấp trên, không có mức riêng để thôi.", field="since")


@action("rút quy định chưa áp dụng")
def take_back_rule(rule: Rule, *, by: Actor) -> Rule:
    """Only what has not begun can vanish; what is in force is ended by another, from a day on."""
    if rule.organisation is None:
        raise NotAllowed("Quy định chung của cả nước không rút ở đây.")
    by.need(Permission.SET_RULES, rule.organisation.path)
    if rule.since <= timezone.localdate():
        sentence = f"Quy định này đã áp dụng từ ngày {day(rule.since)}. Hãy đặt mức khác hoặc trở lại theo cấp trên."
        raise DomainError(sentence)
    rule.delete()
    Rulebook.forget(by)  # it had not begun: nothing was judged by it
    return rule


@action("nạp quy định chung")
def load_rules() -> dict[str, int]:
    """Makes the rows of the whole country equal to the files, and says what that took: nothing, the second time.

    A new limit is a new row in the files, with its own day: old months stay judged as they were. A row that changed under
    its day was a mistake in reading the source, and is mended in place; one that is no longer in the files goes, or a
    corrected day would leave both. The history keeps how it stood. What an office has set is not touched.
    """
    wanted = {(default.key, default.since): default for default in all_defaults()}
    there = {(rule.key, rule.since): rule for rule in _of_whole_country()}
    gone = [rule.pk for place, rule in there.items() if place not in wanted]
    new = [_row(default) for place, default in wanted.items() if place not in there]
    mended = [rule for place, rule in there.items() if place in wanted and _mend(rule, wanted[place])]
    _of_whole_country().filter(pk__in=gone).delete()
    Rule.objects.bulk_create(new)
    for rule in mended:
        rule.save(update_fields=["value", "source", "certainty"])
    _tell(*new, *mended, *(there[place] for place in there if place not in wanted))
    return {"added": len(new), "mended": len(mended), "removed": len(gone)}


def earliest_day(definition: Definition) -> date:
    return definition.backdating.earliest(timezone.localdate())


def _may_have_its_own(definition: Definition, organisation: Organisation) -> None:
    if not definition.may_be_set_in(organisation.kind):
        raise NotAllowed(f"{definition.label}: {definition.who_may}")


def _not_too_early(definition: Definition, since: date) -> None:
    earliest = earliest_day(definition)
    if since >= earliest:
        return
    if definition.backdating is Backdating.NOT_AT_ALL:
        sentence = "Thời hạn đang chạy không rút ngắn lùi được: chọn từ hôm nay trở đi."
    else:
        sentence = f"Năm trước đã đánh giá xong: chọn từ ngày {day(earliest)} trở đi."
    raise DomainError(sentence, field="since")


def _not_laxer(definition: Definition, organisation: Organisation, since: date, value: Any) -> None:
    above: Standing = Rulebook().source_of(definition, organisation, on=since, but_itself=True)
    if definition.laxer(value, above.value):
        said = definition.shape.say(above.value)
        sentence = f"Mức riêng {definition.bound.value}: cấp trên đang quy định {said}."
        raise DomainError(sentence, field="value")


def _write(key: str, organisation: Organisation, since: date, stored: Any, source: str, by: Actor) -> Rule:
    rows = Rule.objects.allowed(by, Permission.SET_RULES).filter(organisation=organisation)
    rule = rows.select_for_update().filter(key=key, since=since).first() or Rule(
        key=key, organisation=organisation, since=since, certainty=Certainty.OWN.value
    )
    rule.value, rule.source, rule.set_by = stored, source, by.account
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        if "rule_one_a_day" not in str(error):
            raise
        raise ChangedMeanwhile("Người khác vừa đặt quy định này cho cùng ngày. Hãy xem lại trước khi đặt.") from error
    Rulebook.forget(by)
    _tell(rule)
    return rule


def _tell(*rules: Rule) -> None:
    for rule in rules:
        rule_changed.send(sender=Rule, key=rule.key, organisation=rule.organisation, since=rule.since)
        moved_below(rule.organisation)


def _of_whole_country() -> Any:
    return Rule.objects.everywhere(reason="what holds in the whole country comes with the release").of_whole_country()


def _row(default: Default) -> Rule:
    return Rule(
        key=default.key, since=default.since, value=default.value, source=default.source,
        certainty=default.certainty.value,
    )  # fmt: skip


def _mend(rule: Rule, default: Default) -> bool:
    """Set right what differs from the file; True if anything did."""
    there = (rule.value, rule.source, rule.certainty)
    rule.value, rule.source, rule.certainty = default.value, default.source, default.certainty.value
    return there != (rule.value, rule.source, rule.certainty)
