"""The rules of what cannot be read or trusted in a file of activities, in one place: severity, words, and what to do."""

import msgspec

from pledgebook.core.problem import Problem, Severity


class Rule(msgspec.Struct, frozen=True):
    """A kind of problem; `{names}` in `what` stand for what was found."""

    severity: Severity
    name: str
    what: str
    todo: str

    def problem(self, where: str, line: int | None, *, about: str = "", **found: object) -> Problem:
        """The problem as met in the file `where`; `about` names the activity."""
        what = self.what.format_map(found)
        told = f"{what} Activity {about}." if about else what
        return Problem(severity=self.severity, rule=self.name, where=where, line=line, what=told, todo=self.todo)


_DATES = "Write dates as 2020-01-31."
_TYPES = "Use the codes 1 to 13."

# The file.
DOCUMENT_TYPE = Rule("warning", "document-type", "The file declares a document type.", "It is not followed: no entity of it is expanded.")
LATE_DECLARATION = Rule(
    "warning", "late-declaration", "Something stands before the XML declaration.", "It is passed over; begin with <?xml."
)
UNKNOWN_ENCODING = Rule("error", "unknown-encoding", "The encoding {said!r} is not known.", "It is read as UTF-8; save the file in it.")
ORGANISATION_FILE = Rule(
    "note", "organisation-file", "It is a file of organisations, with no activities.", "Nothing, or name files of activities."
)
ZIP_FILE = Rule("error", "not-xml", "It is a spreadsheet or another zip archive, not XML.", "Save or export it as IATI XML.")
NOT_XML = Rule("error", "not-xml", "It is not XML.", "Name files of IATI XML or FTS flows.")
EMPTY_FILE = Rule("error", "empty-file", "It is empty.", "Fetch or export the file again.")
NO_ACTIVITIES = Rule("error", "no-activities", "No iati-activity was found in it.", "Name files of IATI activities.")
ODD_END = Rule(
    "warning", "odd-end", "After the last activity comes something else: {said!r}.", "Check that the file was fetched to its end."
)
CUT_OFF = Rule("error", "cut-off", "The file ends in the midst of an activity.", "Fetch it again; what was there is read.")

# The bytes of an activity.
CONTROL_CHARACTER = Rule("warning", "control-character", "A control character, {said!r}.", "It is read as a space; XML does not allow it.")
BARE_AMPERSAND = Rule("warning", "bare-ampersand", "An & stands for itself.", "It is read as one; write &amp;.")
UNDEFINED_ENTITY = Rule(
    "warning", "undefined-entity", "{said} is not defined.", "It is read as in HTML, or as it stands; write the character."
)
BAD_BYTES = Rule(
    "error", "bad-bytes", "Bytes that are no UTF-8, {said}.", "They are read as a replacement character; write the file in UTF-8."
)
REPEATED_ELEMENT = Rule("warning", "repeated-element", "There are several {said} where one is expected.", "The first is used.")
ILL_FORMED = Rule("error", "ill-formed", "It is not well-formed: {said}.", "What could be made out is read; check its rows.")

# The activity.
MISSING_IDENTIFIER = Rule("error", "missing-identifier", "There is no iati-identifier.", "Give every activity its identifier.")
REPEATED_ACTIVITY = Rule(
    "warning", "repeated-activity", "An earlier activity of the file has the same identifier.", "Both are kept; report an activity once."
)
UNKNOWN_VERSION = Rule("note", "unknown-version", "{said} is no version of the standard.", "It is read by its elements all the same.")
SECONDARY_REPORTER = Rule(
    "note", "secondary-reporter", "It is reported by a secondary reporter.", "Look for the same money in the first reporter's data."
)
BAD_HIERARCHY = Rule("warning", "bad-hierarchy", "{said!r} is no level of a hierarchy.", "Use 1, 2, ...")

# Values.
BAD_DATE = Rule("error", "bad-date", "The {of} is {said!r}, no date.", _DATES)
MISSING_DATE = Rule("error", "missing-date", "The {of} has no date.", _DATES)
EMPTY_DATE = Rule("note", "missing-date", "The {of} is empty.", "Give the date or leave the element out.")
BAD_FLAG = Rule("warning", "bad-flag", "{of} is {said!r}, neither true nor false.", "Write 1 or 0.")
BAD_PERCENTAGE = Rule("error", "bad-percentage", "The percentage of a {of} is {said!r}, no number.", "Write it as 12.5.")
MISSING_PERCENTAGE = Rule(
    "warning",
    "missing-percentage",
    "{missing} of {count} {of} have no percentage.",
    "Give every share; without them the parts are taken as equal.",
)
PERCENTAGES_NOT_100 = Rule(
    "warning", "percentages-not-100", "The percentages of {of} make {said}.", "Make them 100; until then they are scaled."
)
BOTH_LEVELS = Rule("note", "both-levels", "There are {of} at the activity and at its transactions.", "A transaction's own are used for it.")
BAD_POINT = Rule("warning", "bad-point", "A position is {said!r}.", "Write latitude, a space, longitude.")

# Money.
MISSING_TYPE = Rule("error", "missing-transaction-type", "A transaction has no type.", _TYPES)
UNKNOWN_TYPE = Rule("error", "unknown-transaction-type", "{said!r} is no type of transaction.", _TYPES)
MISSING_VALUE = Rule("error", "missing-value", "A {of} has no value.", "Give the value.")
BAD_VALUE = Rule("error", "bad-value", "The value of a {of} is {said!r}, no number.", "Write sums as 1234.56, with no separators.")
ROUNDED_VALUE = Rule("note", "rounded-value", "The value of a {of} is {said!r}.", "Sums are kept to twelve places.")
MISSING_CURRENCY = Rule(
    "error", "missing-currency", "The value of a {of} has no currency and the activity no default.", "Give the currency."
)
UNKNOWN_CURRENCY = Rule("error", "unknown-currency", "The currency of a {of} is {said!r}.", "Use a code of ISO 4217.")
POINTS_TO_ITSELF = Rule(
    "note",
    "points-to-itself",
    "The {of}-activity-id of a transaction is its own activity.",
    "It is no link to another activity and is not followed.",
)
TWIN_TRANSACTION = Rule(
    "warning",
    "twin-transaction",
    "A transaction is told twice, alike in every field.",
    "Both are kept; if it is one, report it once.",
)

#: Every rule, in the order of the file, its activities and their values.
RULES: tuple[Rule, ...] = tuple(rule for rule in list(vars().values()) if isinstance(rule, Rule))
