"""The rule set in force: every rule by its name, in the order in which they apply."""

from pledgebook.status import counting, due, forms, fulfilment, outcomes, recorded, stages, sums, timing, verdicts
from pledgebook.status.rule import Axis, RuleSet, Step, rule

_BY_AXIS: tuple[tuple[Axis, tuple[Step, ...]], ...] = (
    (
        "what counts",
        (
            counting.announced,
            counting.undated_mention,
            counting.restated,
            counting.undated_evidence,
            counting.doubtful_link,
            counting.before_the_promise,
            counting.sum_revised,
        ),
    ),
    (
        "due date",
        (
            due.due_date,
            due.date_moved,
            due.moved_after_it_passed,
            due.moved_by_others,
            due.postponed_without_date,
            due.unread_date,
        ),
    ),
    ("testability", (forms.form, forms.missing, forms.intention)),
    ("what is due", (due.no_due_date, due.uncertain_date)),
    (
        "weighing",
        (
            sums.promised_sum,
            recorded.recorded_money,
            recorded.unconverted_money,
            recorded.two_registers,
            sums.delivered_sum,
            sums.not_added,
            sums.figure_denied,
            sums.wider_than_the_promise,
            sums.other_currency,
            sums.no_figure,
            fulfilment.done,
            fulfilment.done_in_part,
            fulfilment.failed,
            fulfilment.speaks_against,
            fulfilment.not_done_yet,
            fulfilment.after_its_end,
            fulfilment.overtaken,
            fulfilment.weighed_against,
            timing.lateness,
            timing.day_of_report,
        ),
    ),
    (
        "verdict",
        (
            verdicts.withdrawn,
            verdicts.superseded,
            verdicts.lapsed,
            verdicts.breached,
            verdicts.holds,
            verdicts.refusal_broken,
            verdicts.standing_given_up,
            verdicts.standing_without_observations,
            verdicts.untestable,
            verdicts.refusal_kept,
            verdicts.reversed_later,
            outcomes.reports_weigh_the_same,
            outcomes.kept,
            outcomes.kept_late,
            outcomes.condition_not_known,
            outcomes.partly_kept,
            outcomes.not_kept,
            outcomes.sum_not_mapped,
            outcomes.only_a_ceiling,
            outcomes.figures_not_mapped,
            outcomes.overdue_without_evidence,
            outcomes.still_open,
        ),
    ),
    ("stage", (stages.stage,)),
    ("time", (timing.kept_in_time, timing.nothing_due, timing.overdue, timing.due_now)),
    (
        "flags",
        (
            stages.contested_by_evidence,
            stages.contested_in_scope,
            stages.contested_by_a_dispute,
            stages.evidence_against,
            stages.not_reviewed,
            stages.tied_by_machine,
            stages.only_the_promiser,
            stages.only_hedged,
            stages.lateness_uncertain,
        ),
    ),
    ("grade and coverage", (stages.grade, stages.coverage)),
)

#: The rules in force. Whoever changes what any of them answers changes the version: the year, and a number that counts up in it.
CURRENT = RuleSet(version="2026.2", rules=tuple(rule(axis, step) for axis, steps in _BY_AXIS for step in steps))
