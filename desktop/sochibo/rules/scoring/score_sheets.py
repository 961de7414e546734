"""The score of a meeting as its papers carry it, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.faults import red, yellow
from sochibo.messages import N_, Messages
from sochibo.rules.meetings import practice, votes
from sochibo.rules.reports import ScoreGroup, ScoreLine, ScoreReport, UpperScore, VoteReport
from sochibo.rules.scoring.scoring import Input, Rating
from sochibo.rules.scoring.scoring_metrics import facts_of
from sochibo.rules.scoring.scoring_suggestions import judge_scores, suggest_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sochibo.faults import Finding
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.meetings import Score
    from sochibo.rules.scoring.scoring import Framework
    from sochibo.rules.scoring.scoring_suggestions import Judgement, Suggestion
    from sochibo.rules.scoring.settlements import Settlement

__all__ = ["check_scores", "judgement_of", "score_report", "suggestions_of", "upper_score"]

PAPER: Final = Messages("vi")
"""Papers are Vietnamese whatever language the screen speaks."""

RATING_WORDS: Final = {
    Rating.GOOD: "Tốt",
    Rating.FAIR: "Khá",
    Rating.AVERAGE: "Trung bình",
    Rating.POOR: "Kém",
}


def suggestions_of(file: MeetingFile) -> dict[str, Suggestion]:
    """Return what is proposed for every criterion, keyed by code; nothing where nothing is scored."""
    framework = file.framework
    return {} if framework is None else suggest_all(framework, facts_of(file, framework))


def judgement_of(file: MeetingFile) -> Judgement | None:
    """Return what the points given so far amount to, None where the meeting is not scored at all."""
    framework = file.framework
    if framework is None:
        return None
    return judge_scores(framework, file.scores, facts_of(file, framework))


def score_report(file: MeetingFile) -> ScoreReport | None:
    """Return the score by the framework's criteria, None where the meeting was not scored."""
    framework, judgement = file.framework, judgement_of(file)
    if framework is None or judgement is None or not file.scores:
        return None
    suggested = suggestions_of(file)
    lines = tuple(_line(one, file.scores) for one in suggested.values())
    return ScoreReport(
        framework=framework.id,
        title=framework.title_vi,
        lines=lines,
        total=framework.total,
        tenths=judgement.tenths,
        rating=judgement.settled(file.meeting.own_rating),
        document=framework.document,
        measure=framework.measure.value,
        groups=_groups(framework, lines),
        available=judgement.available,
        points_rating=judgement.points_rating,
        gates=tuple(one.say(PAPER, RATING_WORDS[one.gate.at_most]) for one in judgement.barriers),
        rating_reason=file.settlement.rating_reason if file.meeting.own_rating else "",
        observer=file.name_of(file.meeting.observer_id),
        vote=_vote(file),
    )


def upper_score(settlement: Settlement) -> UpperScore | None:
    """Return the upper committee's part, None before it decided."""
    if not settlement.is_decided:
        return None
    return UpperScore(
        tenths=settlement.upper_tenths,
        rating=settlement.upper_rating,
        decided_by=settlement.upper_decided_by,
        decided_on=settlement.upper_decided_on,
        note=settlement.upper_note,
    )


def check_scores(file: MeetingFile) -> Iterator[Finding]:
    """Check the score against the framework that the cell uses."""
    if not file.scores:
        if (
            file.meeting.kind in practice.load_practice().scored
            and not file.meeting.not_scored_reason.strip()
        ):
            # Closing needs a score, or the reason why there is none, where there is something to score by.
            tell = yellow if file.framework is None else red
            yield tell("M31", N_("The meeting is not scored."), "scores")
        return
    framework, on = file.framework, file.meeting.on
    if framework is None:
        yield red("M32", N_("No scoring framework applies on {day}."), "scores", day=on)
        return
    if not framework.is_valid_on(on):
        text = N_("The scoring framework of {document} does not apply on {day}.")
        yield red("M33", text, "scores", document=framework.document, day=on)
    for code in file.scores:
        if framework.criterion(code) is None:
            text = N_("Criterion {code} is not in the scoring framework.")
            yield red("M34", text, f"scores.{code}", code=code)
    for suggestion in suggestions_of(file).values():
        yield from _check_score(file.scores.get(suggestion.criterion.code), suggestion)
    yield from _check_settlement(file)


def _check_score(score: Score | None, suggestion: Suggestion) -> Iterator[Finding]:
    criterion = suggestion.criterion
    code, most, place = criterion.code, criterion.max_points, f"scores.{criterion.code}"
    if score is None:
        if suggestion.counted:
            yield red("M35", N_("Criterion {code} has no points yet."), place, code=code)
        return
    if not criterion.floor * 10 <= score.tenths <= most * 10:
        text = N_("Criterion {code} gives {least} to {most} points.")
        yield red("M36", text, place, code=code, least=criterion.floor, most=most)
    elif score.tenths < most * 10 and not score.reason.strip():
        text = N_("Why criterion {code} lost points is not said.")
        yield yellow("M37", text, place, code=code)
    elif score.tenths == score.proposed_tenths and suggestion.tenths not in {None, score.tenths}:
        text = N_("The record now gives criterion {code} other points than were taken over.")
        yield yellow("M67", text, place, code=code)
    elif suggestion.tenths not in {None, score.tenths} and not score.reason.strip():
        text = N_("Why criterion {code} has other points than the record gives is not said.")
        yield yellow("M60", text, place, code=code)
    elif criterion.input is not Input.NUMBER and score.tenths not in {
        each * 10 for each in criterion.choices()
    }:
        text = N_("Criterion {code} has no level of these points.")
        yield yellow("M61", text, place, code=code)


def _check_settlement(file: MeetingFile) -> Iterator[Finding]:
    """Check the vote on the score, and why the cell settled on another rating."""
    own, judgement = file.meeting.own_rating, judgement_of(file)
    if (
        own is not None
        and judgement is not None
        and judgement.rating not in {None, own}
        and not file.settlement.rating_reason.strip()
    ):
        yield yellow("M62", N_("Why the rating is not that of the points is not said."), "own_rating")
    vote = _vote(file)
    if vote is not None and vote.in_favour and not vote.passed:
        yield yellow("M63", N_("The vote on the score did not pass."), "score_vote")
    if file.meeting.observer_id is not None and file.entry_of(file.meeting.observer_id) is None:
        text = N_("Who is named to follow and score the meeting is not on the roll of the day.")
        yield yellow("M64", text, "observer")


def _line(suggestion: Suggestion, scores: Mapping[str, Score]) -> ScoreLine:
    criterion = suggestion.criterion
    score = scores.get(criterion.code)
    counted = suggestion.counted or score is not None
    return ScoreLine(
        label=criterion.label_vi,
        max_points=criterion.max_points,
        tenths=score.tenths if score else (suggestion.tenths or 0) if not counted else 0,
        reason=score.reason if score else "",
        code=criterion.code,
        group=criterion.group,
        proposed=suggestion.tenths if suggestion.counted else None,
        basis=suggestion.say(PAPER),
        counted=counted,
    )


def _groups(framework: Framework, lines: tuple[ScoreLine, ...]) -> tuple[ScoreGroup, ...]:
    return tuple(
        ScoreGroup(
            code=group.code,
            label=group.label_vi,
            max_points=group.max_points,
            tenths=sum(line.tenths for line in lines if line.group == group.code),
        )
        for group in framework.groups
    )


def _vote(file: MeetingFile) -> VoteReport | None:
    """Return the cell's vote on its score; it may have been struck out since."""
    vote = next((vote for vote in file.votes if vote.id == file.settlement.vote_id), None)
    if vote is None:
        return None
    base = file.vote_base()
    outcome = votes.judge_vote(vote, base)
    return VoteReport(
        question=vote.question,
        vote_class=vote.vote_class,
        method=vote.method,
        base=outcome.base,
        base_lines=base.lines,
        needed=outcome.needed,
        in_favour=outcome.in_favour,
        against=vote.against,
        other=vote.other,
        passed=outcome.passed,
        minority=vote.minority,
    )
