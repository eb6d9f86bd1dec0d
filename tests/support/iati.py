"""IATI files made for tests, of a few invented activities."""

from collections.abc import Iterable


def transaction(value: str, **fields: str) -> str:
    """A transaction; `fields`: ref, kind (code of the type), day, currency, value_day, provider, receiver (references), words, inside (XML)."""
    ref = f' ref="{fields["ref"]}"' if "ref" in fields else ""
    currency = f' currency="{fields["currency"]}"' if "currency" in fields else ""
    day = fields.get("day", "2024-01-15")
    parts = [
        f"<transaction{ref}>",
        f'  <transaction-type code="{fields.get("kind", "3")}"/>',
        f'  <transaction-date iso-date="{day}"/>',
        f'  <value{currency} value-date="{fields.get("value_day", day)}">{value}</value>',
        *([f"  <description><narrative>{fields['words']}</narrative></description>"] if "words" in fields else []),
        *(_party("provider", fields["provider"], fields.get("provider_activity")) if "provider" in fields else []),
        *(_party("receiver", fields["receiver"], fields.get("receiver_activity")) if "receiver" in fields else []),
        fields.get("inside", ""),
        "</transaction>",
    ]
    return "\n".join(part for part in parts if part)


def _party(side: str, ref: str, activity: str | None) -> list[str]:
    of = f' {side}-activity-id="{activity}"' if activity else ""
    return [f'  <{side}-org ref="{ref}"{of}><narrative>Organisation {ref}</narrative></{side}-org>']


def activity(name: str | None, *transactions: str, title: str = "Wells", inside: str = "", reporter: str = "XX-1") -> str:
    """An activity in US dollars; `name` is its identifier, `inside` XML before its transactions."""
    return "\n".join(
        [
            '<iati-activity default-currency="USD" xml:lang="en">',
            *([f"<iati-identifier>{name}</iati-identifier>"] if name is not None else []),
            f'<reporting-org ref="{reporter}" type="10"><narrative>Organisation {reporter}</narrative></reporting-org>',
            f"<title><narrative>{title}</narrative></title>",
            *([inside] if inside else []),
            *transactions,
            "</iati-activity>",
        ]
    )


def file(*activities: str, generated: str | None = None, blank: int = 0) -> bytes:
    """A file of activities, with `blank` empty lines before each."""
    told = f' generated-datetime="{generated}"' if generated else ""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<iati-activities version="2.03"{told}>',
            *_spaced(activities, blank),
            "</iati-activities>\n",
        ]
    ).encode()


def _spaced(activities: Iterable[str], blank: int) -> Iterable[str]:
    for one in activities:
        yield "\n" * blank + one
