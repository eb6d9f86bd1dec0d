"""The one place where the web reads the clock."""

from datetime import UTC, date, datetime


def now() -> str:
    """The time of recording, as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()
