"""What can have been promised, by class of noun: the subjects and objects that make a past verb a claim of progress."""

from collections.abc import Iterable

_GROUPS: dict[str, str] = {
    "force": "troop soldier adviser advisor force personnel contingent unit brigade battalion garrison peacekeeper trainer marine warship aircraft "
    "army military coalition division squadron contractor instructor jet",
    "site": "base camp outpost airfield airbase barracks checkpoint port airport territory embassy consulate headquarters prison crossing island "
    "compound border village town corridor",
    "move": "withdrawal drawdown pullout pull-out departure transition handover hand-over transfer evacuation relocation deployment redeployment "
    "repatriation rotation disengagement demobilisation demobilization removal destruction dismantlement elimination resettlement disarmament",
    "drive": "campaign",
    "war": "mission operation ceasefire cease-fire truce patrol",
    "strife": "war blockade siege occupation hostilities",
    "progress": "progress headway",
    "due": "deadline target",
    "paper": "agreement accord treaty pact deal memorandum mou memoranda protocol convention arrangement framework compact charter contract lease",
    "word": "statement declaration communique communiqué roadmap strategy plan guideline",
    "law": "law bill act legislation budget amendment resolution decree regulation ordinance constitution statute directive reform proclamation",
    "order": "order",
    "programme": "programme program project initiative scheme monitoring support assistance aid funding subsidy grant scholarship mechanism fellowship partnership effort alliance reduction",
    "fund": "fund",
    "work": "construction work rehabilitation reconstruction clearance demining phase stage delivery distribution disbursement implementation "
    "installation repair procurement vaccination rollout roll-out upgrade review inspection dredging",
    "money": "money fund funding aid assistance tranche instalment installment payment grant loan contribution sum donation financing cash "
    "compensation",
    "goods": "dose vaccine weapon weaponry equipment supply ammunition munition shipment tent food wheat grain generator vehicle kit missile tank "
    "system fuel medicine textbook helicopter ambulance ventilator shell launcher drone consignment rocket howitzer rifle aircraft jet truck",
    "talk": "talk negotiation dialogue",
    "restraint": "sanction restriction ban tariff embargo curfew moratorium blockade",
    "event": "election vote referendum meeting summit conference deadline hearing date timeline launch round trial exercise",
    "body": "office centre center commission committee council agency tribunal taskforce hub bureau ministry fund programme program mechanism "
    "embassy consulate mission secretariat group government",
    "hold": "responsibility control command sovereignty power authority custody country security",
    "people": "prisoner hostage detainee captive",
    "trainee": "teacher officer police student worker official farmer judge prosecutor midwife nurse doctor firefighter recruit guard journalist",
    "home": "home house shelter apartment flat",
    "men": "troop soldier adviser advisor force personnel contingent peacekeeper trainer marine contractor instructor",
    "built": "school hospital clinic road bridge dam plant station pipeline well network classroom runway grid railway",
    "peril": "mine landmine stockpile ordnance hectare kilometer kilometre acre bomb",
    "pledge": "pledge commitment promise obligation target goal",
    "offer": "pledge offer support funding proposal application contribution participation",
    "raised": "pledge contribution donation commitment",
}
_CLASSES: dict[str, frozenset[str]] = {}
for _name, _words in _GROUPS.items():
    for _word in _words.split():
        _CLASSES[_word] = _CLASSES.get(_word, frozenset()) | {_name}

#: Words behind which "of" leads on to what they measure: "thousands of doses", "the first tranche of the aid", "most of the bases".
QUANTITY = frozenset(
    "number numbers total hundreds thousands millions billions dozens scores tens most some all half none majority rest remainder part parts portion "  # noqa: SIM905
    "share bulk third quarter tranche batch series couple handful many much few several each both any one two three four five six seven eight nine "
    "ten process set start beginning opening round rounds lot lots plenty shipment consignment amount worth percent cent little group".split()
)


def classes_of(word: str) -> frozenset[str]:
    """The classes of a noun in lower case, singular or plural."""
    for form in _forms(word):
        found = _CLASSES.get(form)
        if found is not None:
            return found
    return frozenset()


def _forms(word: str) -> Iterable[str]:
    yield word
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]
