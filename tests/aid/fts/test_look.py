import pytest

from pledgebook.aid.fts.places import country_of
from pledgebook.aid.fts.read import is_fts

COLUMNS = "id,amountUSD,budgetYear,status,sourceObjects_Organization.id\n"


@pytest.mark.parametrize(
    "head",
    [
        COLUMNS.encode(),
        b"\xef\xbb\xbf" + COLUMNS.replace(",", ";").encode(),
        b'"id","amountUSD","destinationObjects_Plan.name"\n1,2,3\n',
        b'{"status": "ok", "data": {"flows": [{"id": "1", "amountUSD": 2, "versionId": 1',
        b' [\n {"id": 1, "versionID": 1, "amountUSD": "2"',
        b'{"status":"ok","data":{"flows":[]}}',
    ],
)
def test_flows_are_told_by_what_is_in_them(head: bytes) -> None:
    assert is_fts(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<iati-activities version='2.03'>",
        b"id,amountUSD,donor\n1,2,3\n",
        b"country,year,amount\n",
        b'{"amountUSD": 3, "donor": "Ruritania"}',
        b'{"data": {"flow": [1]}}',
        b"flows in amountUSD and versionId",
    ],
)
def test_other_files_are_no_flows(head: bytes) -> None:
    assert not is_fts(head)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iraq", "IQ"),
        ("Iran, Islamic Republic of", "IR"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Congo, of another kind", None),
        ("Korea, Republic of", "KR"),
        ("occupied Palestinian territory", "PS"),
        ("Anguilla (United Kingdom)", "AI"),
        ("Serbia and Montenegro (until 2006-2009)", "CS"),
        ("Global", None),
        ("", None),
    ],
)
def test_countries_are_known_by_the_names_that_fts_gives_them(name: str, code: str | None) -> None:
    assert country_of(name) == code
