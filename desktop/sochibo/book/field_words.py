"""What the columns of records are called, and how a value of one is written for a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.book.ratings import rating_words
from sochibo.book.work import work_words
from sochibo.messages import N_
from sochibo.rules.meetings import meetings, proposals
from sochibo.rules.members import members
from sochibo.rules.members.register_columns import REGISTERS
from sochibo.rules.scoring.scoring import RATING_LABELS

if TYPE_CHECKING:
    from sochibo.messages import Messages

__all__ = ["FIELD_LABELS", "HIDDEN", "draw_value", "label_of"]

HIDDEN: Final = rating_words.HIDDEN | frozenset({
    "id", "position", "envelope", "certificate", "fingerprint", "revocation_list",
})  # fmt: skip
"""Columns that say nothing to a person."""

FIELD_LABELS: Final = {
    **rating_words.LABELS,
    **work_words.LABELS,
    "name": N_("Name"),
    "kind": N_("Kind"),
    "note": N_("Note"),
    "code": N_("Code of the organisation"),
    "superior": N_("Body above"),
    "place": N_("Place"),
    "symbol": N_("Letters of document numbers"),
    "regular_day": N_("Regular day"),
    "regular_time": N_("Regular time"),
    "regular_place": N_("Regular place"),
    "secretary": N_("Secretary"),
    "secretary_office": N_("Office under the signature"),
    "start": N_("Beginning"),
    "end": N_("End"),
    "imported_at": N_("Imported"),
    "ended_at": N_("No longer trusted since"),
    "birth_name": N_("Name at birth"),
    "birth": N_("Date of birth"),
    "sex": N_("Sex"),
    "ethnicity": N_("Ethnic group"),
    "religion": N_("Religion"),
    "home_place": N_("Home place"),
    "residence": N_("Where the member lives"),
    "education": N_("Education"),
    "political_theory": N_("Political theory"),
    "profession": N_("Qualification"),
    "foreign_language": N_("Foreign language"),
    "job_before": N_("Occupation before"),
    "job_now": N_("Occupation now"),
    "office": N_("Party office"),
    "phone": N_("Telephone"),
    "identity_no": N_("Identity number"),
    "card_no": N_("Party card number"),
    "cv_no": N_("Number of the CV"),
    "badge_no": N_("Number of the badge"),
    "register_no": N_("Number in the register"),
    "member_id": N_("Member"),
    "meeting_id": N_("Meeting"),
    "unit_id": N_("Organisation below"),
    "on": N_("Day"),
    "since": N_("Since"),
    "until": N_("Until"),
    "decision": N_("Decision"),
    "theme": N_("Theme"),
    "chair_id": N_("Chair"),
    "minute_taker_id": N_("Minute-taker"),
    "fee_note": N_("State of fee payment"),
    "conclusion": N_("Conclusion"),
    "rating_note": N_("Shortcomings named"),
    "adopted": N_("Minutes read out and adopted"),
    "state": N_("State"),
    "title": N_("Title"),
    "presenter": N_("Presented by"),
    "text": N_("Text"),
    "post": N_("Post"),
    "superior_guest": N_("Of the committee above"),
    "remarks": N_("Remarks"),
    "attendance": N_("Attendance"),
    "reason": N_("Reason"),
    "question": N_("Question"),
    "vote_class": N_("Votes needed"),
    "method": N_("Way of voting"),
    "in_favour": N_("In favour"),
    "against": N_("Against"),
    "other": N_("Other votes"),
    "minority": N_("Opinion of the minority"),
    "assignees": N_("Given to"),
    "due": N_("Due"),
    "done_percent": N_("Percent done"),
    "result": N_("Result"),
    "criterion": N_("Criterion"),
    "tenths": N_("Points"),
    "proposed_tenths": N_("Points proposed"),
    "framework": N_("Scored by"),
    "own_rating": N_("The cell's own rating"),
    "rating_reason": N_("Why another rating than the points give"),
    "score_vote_id": N_("The cell's vote on it"),
    "upper_tenths": N_("Points of the upper committee"),
    "upper_rating": N_("Rating of the upper committee"),
    "upper_decided_by": N_("Decided by"),
    "upper_decided_on": N_("Decided on"),
    "upper_note": N_("Remark"),
    "not_scored_reason": N_("Why the meeting is not scored"),
    "observer_id": N_("Who followed and scored the meeting"),
    "upper_reason": N_("Why the upper committee gave other points"),
    "results": N_("Results of last month"),
    "vote_id": N_("Vote"),
    "missing_since": N_("Out of contact since"),
    "type": N_("Kind of organisation"),
    "congress": N_("Congress"),
    "parent_id": N_("Under"),
    "has_committee": N_("Has a committee of its own"),
    "event_id": N_("Event"),
    "side": N_("Before or after"),
    "revoked_since": N_("Revoked since"),
    "revoked_because": N_("Why it was revoked"),
    "review_period_id": N_("Review"),
    "term_id": N_("Term"),
    "number": N_("Number"),
    "period": N_("Period"),
    "issued_on": N_("Day of issue"),
    "revision": N_("Edition"),
    "digest": N_("Digest of the data"),
    "replaces": N_("Replaces"),
    "person": N_("Person"),
    "serial": N_("Number of the certificate"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "soldier": N_("Army"),
    "police": N_("Police"),
    "retired": N_("Retired"),
    "youth_union": N_("Member of the Youth Union"),
    "card_on": N_("Party card handed over on"),
    "gap_months": N_("Months off the Party age"),
    "decided_on": N_("Decided on"),
    "decided_by": N_("Decided by"),
    "resolved_on": N_("Resolution of the cell"),
    "vote_base": N_("Official members"),
    "helpers": N_("Helped by"),
    "other_organisation": N_("From or to which organisation"),
    "fees_paid_until": N_("Fees paid until"),
    "former_name": N_("Former name"),
    "notified_on": N_("Slip of"),
    "years": N_("Badge, years"),
    "batch_on": N_("Day of award"),
    "awarded_on": N_("Awarded on"),
    "early_reason": N_("Reason of an early award"),
    "year": N_("Year"),
    "signed_on": N_("Signed on"),
    "confirmed_on": N_("Confirmed on"),
    "finished_on": N_("Finished on"),
    "valid_until": N_("Valid until"),
    "certificate_on": N_("Certificate of"),
    "certificate_until": N_("Certificate valid until"),
    "group_id": N_("Party group"),
    "way": N_("How"),
    "back_on": N_("Came back on"),
    "organisation": N_("Organisation"),
    "job": N_("Occupation now"),
    "format": N_("Form of meeting"),
    "notice_on": N_("Members were told on"),
    "papers_on": N_("Members had the papers on"),
    "uploaded_on": N_("Finished papers uploaded on"),
    "theme_group": N_("Group of the theme"),
    "presenter_id": N_("Presented by"),
    "minutes": N_("Minutes it took"),
    "finished": N_("Finished"),
    "carried_from": N_("Taken over from"),
    "assigned": N_("sent to follow this cell"),
    "score_tenths": N_("Points confirmed"),
    "late": N_("Came late"),
    "accepted_by": N_("Who accepted the reason"),
    "agenda_item_id": N_("Item of the agenda"),
    "speaker": N_("Speaker"),
    "guest_id": N_("Guest"),
    "blank": N_("of these blank"),
    "base": N_("Vote base"),
    "base_lines": N_("How the base was counted"),
    "passed": N_("Passed"),
    "answer": N_("Answer"),
    "answered_by": N_("Answered by"),
    "answered_on": N_("Answered on"),
    "answer_meeting_id": N_("Settled at the meeting"),
    "forwarded_to": N_("Passed on to"),
    "organiser": N_("Organised by"),
    "convened": N_("Convened (turns)"),
    "content": N_("What was promised"),
    "by": N_("By whom"),
    "document_id": N_("Paper"),
}
"""What a column is called; the same word in every kind of record."""

_SECRET: Final = frozenset({"identity_no", "card_no"})
_YES_NO: Final = rating_words.FLAGS | frozenset(
    {
        "adopted",
        "superior",
        "soldier",
        "police",
        "retired",
        "youth_union",
        "late",
        "assigned",
        "finished",
        "passed",
    }
)
_WORDS: Final = {
    **rating_words.WORDS,
    "sex": {"male": N_("Male"), "female": N_("Female")},
    "attendance": {kind.value: text for kind, text in meetings.ATTENDANCE_LABELS.items()},
    "reason": {kind.value: text for kind, text in meetings.REASON_LABELS.items()},
    "vote_class": {"majority": N_("more than half"), "two_thirds": N_("at least two thirds")},
    "method": {"card": N_("by raised card"), "ballot": N_("by secret ballot")},
    "state": {kind.value: text for kind, text in meetings.STATE_LABELS.items()},
    "own_rating": {kind.value: text for kind, text in RATING_LABELS.items()},
    "upper_rating": {kind.value: text for kind, text in RATING_LABELS.items()},
    "kind": {
        **{kind.value: text for kind, text in meetings.KIND_LABELS.items()},
        **{kind.value: text for kind, text in members.EVENT_LABELS.items()},
        "cell": N_("Cell"),
        "committee": N_("Committee"),
        "minutes": N_("Minutes"),
        "summary": N_("Summary"),
        "rollup": N_("Roll-up"),
    },
}
_WORDS_OF: Final = {
    **rating_words.WORDS_OF,
    **work_words.WORDS_OF,
    ("member_event", "kind"): {kind.value: text for kind, text in members.EVENT_LABELS.items()},
    ("meeting", "kind"): {kind.value: text for kind, text in meetings.KIND_LABELS.items()},
    ("meeting", "format"): {value.value: text for value, text in meetings.FORMAT_LABELS.items()},
    ("proposal", "state"): {state.value: text for state, text in proposals.PROPOSAL_LABELS.items()},
    **{
        (register.table, field.name): field.choices
        for register in REGISTERS.values()
        for field in register.fields
        if field.choices
    },
}
_YEARS: Final = frozenset({"year", "years", "period_id"})
"""Numbers that take no separator: 2026, not 2.026."""

_TENTHS: Final = rating_words.TENTHS | frozenset(
    {"tenths", "proposed_tenths", "upper_tenths", "score_tenths"}
)
_WHOLE_DAY: Final = 10


def label_of(kind: str, field: str) -> str:
    """Return what a column is called, as a message id; its own name where it has no word yet."""
    if (kind, field) == ("guest", "superior"):
        field = "superior_guest"
    if own := rating_words.LABELS_OF.get((kind, field)):
        return own
    return FIELD_LABELS.get(field, field.replace("_", " "))


def draw_value(kind: str, field: str, value: object, words: Messages) -> str:
    """Write a value as the language has it; numbers of identity papers are masked."""
    if value is None or value == "":
        return "–"
    if field in _SECRET:
        return members.masked(str(value))
    if field in _YES_NO and isinstance(value, int):
        return words.gettext(N_("yes")) if value else words.gettext(N_("no"))
    if field in _YEARS:
        return str(value)
    if field in _TENTHS and isinstance(value, int):
        return words.number(value / 10)
    named = (_WORDS_OF.get((kind, field)) or _WORDS.get(field, {})).get(str(value))
    return words.gettext(named) if named else _drawn(value, words)


def _drawn(value: object, words: Messages) -> str:
    if isinstance(value, str) and len(value) == _WHOLE_DAY:
        try:
            return words.date(date.fromisoformat(value))
        except ValueError:
            return value
    return words.number(value) if isinstance(value, int) else str(value)
