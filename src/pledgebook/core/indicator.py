"""What is watched for a standing promise."""

import msgspec


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """Counts that bear on a standing promise, and the rule by which they speak against it.

    `group` is the armed group whose acts are counted, as the source names it ("IS"); `countries` are ISO 3166-1 alpha-2 codes; `areas` ISO
    3166-2 codes, empty for all areas of the countries. `rule` is the name of a rule of breach. `chosen` says who or what set it.
    """

    group: str
    countries: tuple[str, ...]
    rule: str
    areas: tuple[str, ...] = ()
    chosen: str = ""
