from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.core.found import FoundAmount
from pledgebook.extraction.amounts import amounts_of, find_amounts


def read(text: str) -> list[tuple[str, str, str]]:
    return [(amount.text, str(amount.value), amount.unit) for amount in find_amounts(text)]


def about(text: str) -> list[tuple[str, str]]:
    """The amounts of the action set between >> and << in `text`."""
    start, end = text.index(">>"), text.index("<<") - 2
    plain = text.replace(">>", "").replace("<<", "")
    return [(str(amount.value), amount.unit) for amount in amounts_of(plain, start, end, find_amounts(plain))]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("$1.4 billion", "1400000000", "USD"),
        ("$1.4bn", "1400000000", "USD"),
        ("$350K", "350000", "USD"),
        ("$ 75 m", "75000000", "USD"),
        ("$4-billion", "4000000000", "USD"),
        ("US$ 12,500", "12500", "USD"),
        ("U.S. $3 million", "3000000", "USD"),
        ("C$200m", "200000000", "CAD"),
        ("A$1.2bn", "1200000000", "AUD"),
        ("NZ$30 million", "30000000", "NZD"),
        ("HK$5 billion", "5000000000", "HKD"),
        ("$200 AUD", "200", "AUD"),
        ("CHF 10'000", "10000", "CHF"),
        ("EUR 45 million", "45000000", "EUR"),
        ("EUR115", "115", "EUR"),
        ("168 mln USD", "168000000", "USD"),
        ("75 USD million", "75000000", "USD"),
        ("30 MEUR", "30000000", "EUR"),
        ("€1,5 million", "1500000", "EUR"),
        ("€10 000 000", "10000000", "EUR"),
        ("€1.500", "1500", "EUR"),
        ("10.000.000 euros", "10000000", "EUR"),
        ("£3m", "3000000", "GBP"),
        ("₹2,000 crore", "20000000000", "INR"),
        ("₪30 million", "30000000", "ILS"),
        ("₺1 bn", "1000000000", "TRY"),
        ("1.5 trillion yen", "1500000000000", "JPY"),
        ("3 crore rupees", "30000000", "INR"),
        ("half a billion dollars", "500000000", "USD"),
        ("a quarter of a million pounds", "250000", "GBP"),
        ("one hundred million dollars", "100000000", "USD"),
        ("two and a half billion dollars", "2500000000", "USD"),
        ("2½ million euros", "2500000", "EUR"),
        ("three hundred and fifty-five million euros", "355000000", "EUR"),
        ("12 million Canadian dollars", "12000000", "CAD"),
        ("500\u202fmillion Swedish kronor", "500000000", "SEK"),
        ("ten-million-euro", "10000000", "EUR"),
        ("30 cents", "0.3", "USD"),
        ("8 dollars and 40 cents", "8.4", "USD"),
        ("MAD 20 million", "20000000", "MAD"),
        ("five\xa0hundred soldiers", "500", "soldiers"),
        ("half a million syringes", "500000", "syringes"),
        ("two dozen armoured vehicles", "24", "vehicles"),
        ("40,000 tons", "40000", "tons"),
        ("20 000 tents", "20000", "tents"),
        ("2,500 of our troops", "2500", "troops"),
        ("1,400 anti-tank missiles", "1400", "missiles"),
        ("three new and fully equipped field hospitals", "3", "hospitals"),
        ("6.5 million measles vaccine doses", "6500000", "doses"),
        ("35 percent", "35", "percent"),
        ("0.7% of its gross national income", "0.7", "percent of GNI"),
    ],
)
def test_a_sum_is_read_whatever_its_notation(words: str, value: str, unit: str) -> None:
    assert read(f"The council agreed on {words} for the coming winter.") == [(words, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "They met at COP26, then at COP 28, and quoted Resolution 1701 and Article 5.",
        "The two sides want a two-state solution within five years, the third in 2030.",
        "The 155mm guns stand 40 km from the border; the F-16 jets do not fly.",
        "Hundreds of millions of dollars were lost, and several thousand homes.",
        "The bags held 12 pounds of flour and the 500-pound bomb did not go off.",
        "One in five children and 3 out of 10 women need it.",
        "In 2025 schools reopened, and by March 12 troops had left.",
        "The budget was 400 million dinars.",
        "The 25-year-old girls read Order 13846 and the 500-strong list.",
        "Try 5 times, TRY 5 times, or TOP 10.",
    ],
)
def test_a_number_that_counts_nothing_we_keep_is_left_out(text: str) -> None:
    assert read(text) == []


def test_a_shared_currency_noun_takes_the_nearest_country() -> None:
    assert read("Jordan said it would spend 20 million dinars. Baghdad gives 9 billion Iraqi dinars.") == [
        ("20 million dinars", "20000000", "JOD"),
        ("9 billion Iraqi dinars", "9000000000", "IQD"),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Oslo offers $5-10 million.", "5000000", "10000000", "USD"),
        ("It costs $3.5–$4 billion.", "3500000000", "4000000000", "USD"),
        ("We will lend between $5 and $7 million.", "5000000", "7000000", "USD"),
        ("Grants of $5 million to $7 million are open.", "5000000", "7000000", "USD"),
        ("It needs 5 to 10 million euros.", "5000000", "10000000", "EUR"),
        ("Between 5,000 and 6,000 troops will go.", "5000", "6000", "troops"),
        ("A cut of 20-30 percent is planned.", "20", "30", "percent"),
    ],
)
def test_a_range_gives_both_ends(text: str, low: str, high: str, unit: str) -> None:
    found = [(str(amount.value), amount.unit, amount.qualifier) for amount in find_amounts(text)]
    assert found == [(low, unit, "range-low"), (high, unit, "range-high")]


def test_a_sign_glued_to_the_line_before_is_a_sign_still() -> None:
    assert read("Office of the Mayor$2 Million Gift Opens Library") == [("$2 Million", "2000000", "USD")]


def test_a_change_from_one_sum_to_another_is_no_range() -> None:
    assert [amount.qualifier for amount in find_amounts("The fund grew from $5 million to $7 million.")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("$5 million", "exact"),
        ("up to $5 million", "at-most"),
        ("up to another $5 million", "at-most"),
        ("no more than $5 million", "at-most"),
        ("at least $5 million", "at-least"),
        ("$5 million or more", "at-least"),
        ("more than $5 million", "more-than"),
        ("nearly $5 million", "nearly"),
        ("approximately $5 million", "about"),
        ("an estimated $5 million", "about"),
    ],
)
def test_the_words_before_a_sum_give_its_qualifier_and_stay_out_of_its_text(words: str, qualifier: str) -> None:
    (found,) = find_amounts(f"The bank will grant {words}.")
    assert (found.text, found.qualifier) == ("$5 million", qualifier)


def test_millions_that_are_spent_take_the_currency_of_the_text() -> None:
    text = "The plan holds $4 billion for roads. We are providing 2.5 billion for ports."
    assert read(text)[1] == ("2.5 billion", "2500000000", "USD")
    assert read("We are providing 2.5 billion for ports.") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway will >>provide $20 million to feed 300,000 people<<.", [("20000000", "USD")]),
        ("We will >>send 40 trucks and 12 ambulances<<.", [("40", "trucks"), ("12", "ambulances")]),
        ("We will >>give $3 million, bringing our total this year to $9 million<<.", [("3000000", "USD")]),
        ("Some $9 million will >>be spent on dams<<.", [("9000000", "USD")]),
        ("A grant of $60,000 to the museum will >>support repairs to the roof<<.", [("60000", "USD")]),
        ("The minister is >>approving a second loan to the port<<, worth $80 million.", [("80000000", "USD")]),
        ("We sent 7,000 troops last year. Another 2,000 will >>leave in May<<.", [("2000", "troops")]),
        ("We have given $9 million and we will >>continue to help<<.", []),
        ("The town lost 800 jobs. We will >>rebuild it<<.", []),
    ],
)
def test_a_commitment_is_about_the_amounts_it_gives(text: str, wanted: list[tuple[str, str]]) -> None:
    assert about(text) == wanted


def check(text: str, found: list[FoundAmount]) -> None:
    end = 0
    for amount in found:
        assert end <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
        assert amount.value.is_finite()
        assert amount.value > Decimal(0)
        assert amount.unit
        end = amount.end


def test_a_line_of_five_million_digits_and_signs_ends() -> None:
    for line in ("$" + "1234567890" * 500_000, "12345678901234$" * 333_333, "$" * 5_000_000):
        check(line, find_amounts(line))


_MONEY = ["$", "€", "million", "billion", "dollars", "dinars", "Iraqi", "cents", "m", "K", "USD", "EUR"]
_NUMBERS = ["5", "10", "1,000", "2.5", "half a", "hundred", "one", "a quarter of a", "½", "²", "٣", "0"]
_OTHERS = [
    "and",
    "to",
    "-",
    "between",
    "doses",
    "troops",
    "percent",
    "%",
    "by a third",
    "cut in half",
    "up to",
    " ",
    "\u202f",
    "\n",
    "of",
    "+",
]
_PIECES = st.sampled_from([*_MONEY, *_NUMBERS, *_OTHERS])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=24).map(" ".join), st.lists(_PIECES, max_size=24).map("".join)))
def test_any_text_gives_sorted_verified_spans(text: str) -> None:
    check(text, find_amounts(text))
