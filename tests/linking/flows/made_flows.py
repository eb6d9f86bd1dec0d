"""Flows and activities written for these tests."""

from decimal import Decimal

from pledgebook.core.money import MoneyItem, MoneyStage, Move, Organisation, SectorCode

FUND = "Ruritania Humanitarian Fund"
NORAD = Organisation("Norad", "NO-BRC-971277882")


def move(name: str, value: str, day: str | None = "2020-05-04", stage: MoneyStage = "committed", currency: str = "USD") -> Move:
    usd = Decimal(value) if currency == "USD" else Decimal(value) * 2
    return Move(id=name, stage=stage, value=Decimal(value), currency=currency, usd=usd, day=day)


def flow(
    name: str = "1",
    *moves: Move,
    donor: str = "Norway, Government of",
    receiver: str = "Norwegian Refugee Council",
    text: str = "Winter shelter kits for displaced families in the northern hills",
    countries: tuple[str, ...] = ("JO",),
    cluster: str = "4",
) -> MoneyItem:
    return MoneyItem(
        key=f"fts:{name}",
        format="fts",
        donors=(Organisation(donor),),
        recipients=(Organisation(receiver),),
        countries=countries,
        sectors=(SectorCode("10", cluster),),
        title=None,
        description=text,
        moves=moves or (move(f"f{name}", "412345"),),
    )


def activity(
    name: str = "NO-BRC-971277882-QZA-20/0100-7",
    *moves: Move,
    reporter: Organisation | None = NORAD,
    receiver: str = "NORWEGIAN REFUGEE COUNCIL (NRC)",
    title: str = "Winter shelter kits for displaced families in northern hills",
    countries: tuple[str, ...] = ("JO",),
    cluster: str = "4",
) -> MoneyItem:
    return MoneyItem(
        key=f"iati:{name}",
        format="iati",
        donors=(reporter,) if reporter is not None else (),
        recipients=(Organisation(receiver),),
        countries=countries,
        sectors=(SectorCode("10", cluster),),
        title=title,
        description=None,
        moves=moves or (move(f"a{name}", "412345", "2020-05-01"),),
        reporter=reporter,
    )
