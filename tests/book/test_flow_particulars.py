from pathlib import Path

from pledgebook.aid.feeds import Placed
from pledgebook.aid.files import read_aid
from pledgebook.aid.held import Held
from pledgebook.aid.store import SnapshotStore
from pledgebook.book.flow_particulars import flow_particulars
from pledgebook.core.money import Organisation
from pledgebook.linking.flows import Particulars

DAY = "2024-01-31"
IATI = b"""<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>XX-1-A1</iati-identifier>
<reporting-org ref="XX-1" type="10"><narrative>Ruritania</narrative></reporting-org><title><narrative>Wells</narrative></title>
<participating-org role="4" ref="XX-9" type="22"><narrative>Wells for All</narrative></participating-org>
<participating-org role="1" ref="XX-1" type="10"><narrative>Ruritania</narrative></participating-org>
<other-identifier ref="OLD-17" type="A2"/>
<transaction ref="T-5"><transaction-type code="3"/><transaction-date iso-date="2024-01-02"/><value value-date="2024-01-02">10</value></transaction>
</iati-activity></iati-activities>"""
FTS = b"""id,amountUSD,date,status,refCode,description,sourceObjects_Organization.id,sourceObjects_Organization.name
77,10,2024-01-02,paid,XX-1-A1,Wells,1,Ruritania
78,20,2024-01-02,paid,,Schools,1,Ruritania
"""


def test_codes_and_implementers_are_told_by_the_key_of_their_item(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    for name, data in (("a.xml", IATI), ("b.csv", FTS)):
        store.write(name, read_aid(iter([data]), name, skip={}), {}).finish()
    with Held(store, [Placed(name, DAY, name, None, 0) for name in ("a.xml", "b.csv")]) as held:
        assert flow_particulars(held, DAY) == {
            "fts:77": Particulars(codes=("XX-1-A1",)),
            "iati:XX-1-A1": Particulars(codes=("OLD-17", "T-5"), implementers=(Organisation("Wells for All", "XX-9"),)),
        }
