"""Currencies: ISO 4217 codes, the nouns and national adjectives they are written with, and their signs.

Codes follow ISO 4217 list one, with the codes withdrawn since 1990 that older statements still name.
"""

_NAMES = """
AED dirham emirati uae emirates|AFN afghani afghan afghanistan|ALL lek albanian albania|AMD dram armenian armenia
AOA kwanza angolan angola|ARS peso argentine argentina argentinian|AUD dollar australian australia aussie
AZN manat azerbaijani azerbaijan|BAM mark bosnian bosnia|BBD dollar barbados barbadian|BDT taka bangladeshi bangladesh
BGN lev bulgarian bulgaria|BHD dinar bahraini bahrain|BIF franc burundi burundian|BMD dollar bermuda bermudian|BND dollar brunei
BOB boliviano bolivian bolivia|BRL real brazilian brazil|BSD dollar bahamian bahamas|BTN ngultrum bhutanese bhutan
BWP pula botswana|BYN ruble belarusian belarus|BZD dollar belize|CAD dollar canadian canada|CDF franc congolese congo drc
CHF franc swiss switzerland|CLP peso chilean chile|CNY yuan chinese china|COP peso colombian colombia|CRC colon rican costa
CUP peso cuban cuba|CVE escudo verdean verde|CZK koruna czech czechia|DJF franc djiboutian djibouti|DKK krone danish denmark
DOP peso dominican|DZD dinar algerian algeria|EGP pound egyptian egypt|ERN nakfa eritrean eritrea|ETB birr ethiopian ethiopia
EUR euro european|FJD dollar fijian fiji|FKP pound falkland|GBP pound british sterling britain|GEL lari georgian georgia
GHS cedi ghanaian ghana|GIP pound gibraltar|GMD dalasi gambian gambia|GNF franc guinean guinea|GTQ quetzal guatemalan guatemala
GYD dollar guyanese guyana|HKD dollar kong|HNL lempira honduran honduras|HTG gourde haitian haiti|HUF forint hungarian hungary
IDR rupiah indonesian indonesia|ILS shekel israeli israel|INR rupee indian india|IQD dinar iraqi iraq|IRR rial iranian iran
ISK krona icelandic iceland|JMD dollar jamaican jamaica|JOD dinar jordanian jordan|JPY yen japanese japan
KES shilling kenyan kenya|KGS som kyrgyz kyrgyzstan|KHR riel cambodian cambodia|KMF franc comorian comoros|KPW won dprk
KRW won korean korea rok|KWD dinar kuwaiti kuwait|KYD dollar cayman|KZT tenge kazakh kazakhstan kazakhstani|LAK kip lao laos
LBP pound lebanese lebanon|LKR rupee lankan lanka|LRD dollar liberian liberia|LSL loti lesotho|LYD dinar libyan libya
MAD dirham moroccan morocco|MDL leu moldovan moldova|MGA ariary malagasy madagascar|MKD denar macedonian macedonia
MMK kyat burmese myanmar|MNT tugrik mongolian mongolia|MOP pataca macau macao|MRU ouguiya mauritanian mauritania
MUR rupee mauritian mauritius|MVR rufiyaa maldivian maldives|MWK kwacha malawian malawi|MXN peso mexican mexico
MYR ringgit malaysian malaysia|MZN metical mozambican mozambique|NAD dollar namibian namibia|NGN naira nigerian nigeria
NIO cordoba nicaraguan nicaragua|NOK krone norwegian norway|NPR rupee nepalese nepal nepali|NZD dollar zealand kiwi
OMR rial omani oman|PAB balboa panamanian panama|PEN sol peruvian peru|PGK kina papua|PHP peso philippine philippines filipino
PKR rupee pakistani pakistan|PLN zloty polish poland|PYG guarani paraguayan paraguay|QAR riyal qatari qatar
RON leu romanian romania|RSD dinar serbian serbia|RUB ruble russian russia|RWF franc rwandan rwanda|SAR riyal saudi
SBD dollar solomon|SCR rupee seychelles seychellois|SDG pound sudanese sudan|SEK krona swedish sweden
SGD dollar singapore singaporean|SHP pound helena|SLE leone leonean|SOS shilling somali somalia|SRD dollar surinamese suriname
SSP pound|STN dobra tome|SVC colon salvadoran salvador|SYP pound syrian syria|SZL lilangeni eswatini swazi|THB baht thai thailand
TJS somoni tajik tajikistan|TMT manat turkmen turkmenistan|TND dinar tunisian tunisia|TOP paanga tongan tonga
TRY lira turkish turkey türkiye|TTD dollar trinidad|TWD dollar taiwan taiwanese|TZS shilling tanzanian tanzania
UAH hryvnia ukrainian ukraine|UGX shilling ugandan uganda|USD dollar us american u.s. u.s states|UYU peso uruguayan uruguay
UZS sum uzbek uzbekistan|VES bolivar venezuelan venezuela|VND dong vietnamese vietnam|VUV vatu vanuatu|WST tala samoan samoa
XAF franc cameroonian cameroon chad gabon gabonese|XCD dollar caribbean
XOF franc senegal senegalese mali malian niger ivorian ivoire benin togo burkina|XPF franc polynesia polynesian
YER rial yemeni yemen|ZAR rand african africa|ZMW kwacha zambian zambia|ZWG dollar zimbabwean zimbabwe|LBP lira lebanese lebanon
SYP lira syrian syria|ITL lira italian|FIM markka finnish finland|DEM mark german germany|ESP peseta spanish spain
NLG guilder dutch netherlands|ATS schilling austrian|GRD drachma greek greece|PTE escudo portuguese portugal
FRF franc french france|BEF franc belgian belgium|IEP pound irish ireland|LTL litas lithuanian|LVL lats latvian|EEK kroon estonian
HRK kuna croatian croatia|YER riyal yemeni yemen|OMR riyal omani oman|IRR riyal iranian iran|PEN nuevo peruvian|SEK crown swedish
NOK crown norwegian|DKK crown danish|CZK crown czech|ISK crown icelandic|XDR sdr
AWG florin aruban aruba|SKK koruna slovak slovakia|ANG guilder antillean|CNY renminbi chinese china|CNY rmb|CNY kuai
"""

_PLURALS = {
    "lev": ("leva",),
    "leu": ("lei",),
    "real": ("reais", "reals"),
    "colon": ("colones", "colón", "colons"),
    "krone": ("kroner", "krones"),
    "krona": ("kronor", "kronur", "kronas"),
    "koruna": ("koruny", "korunas", "korun"),
    "sol": ("soles",),
    "ruble": ("rubles", "rouble", "roubles"),
    "zloty": ("zlotys", "zlotych", "złoty", "zloties"),
    "lira": ("liras", "lire"),
    "penny": ("pence", "pennies"),
    "metical": ("meticais",),
    "bolivar": ("bolivars", "bolivares", "bolívar", "bolívares"),
    "cordoba": ("cordobas", "córdobas"),
    "guarani": ("guaranis", "guaraníes"),
    "quetzal": ("quetzales", "quetzals"),
    "shekel": ("shekels", "sheqel", "sheqels", "shequel"),
    "hryvnia": ("hryvnias", "hryvnya", "hryven"),
    "rial": ("rials",),
    "tugrik": ("tugriks", "togrog", "tögrög"),
    "loti": ("maloti",),
    "lilangeni": ("emalangeni",),
    "sum": ("sums", "soum", "soums", "so'm"),
    "drachma": ("drachmas", "drachmae"),
    "paanga": ("pa'anga",),
}

# A noun alone stands for this currency; the other nouns that several states share need a country word.
DEFAULTS = {"dollar": "USD", "pound": "GBP", "lira": "TRY", "ruble": "RUB", "peseta": "ESP", "guilder": "NLG", "euro": "EUR"}
# Nouns that are common English words too: they need their adjective.
GUARDED = frozenset({"won", "real", "sum", "sol", "mark", "crown", "colon", "tala", "leone", "som", "nuevo", "lev"})

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₪": "ILS", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₦": "NGN",
    "₩": "KRW", "฿": "THB", "₫": "VND", "₱": "PHP", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₭": "LAK", "₮": "MNT", "₾": "GEL",
    "₼": "AZN", "֏": "AMD", "৳": "BDT", "元": "CNY", "؋": "AFN", "៛": "KHR", "₤": "GBP", "ரூ": "LKR", "₨": "rupee", "＄": "USD",
}  # fmt: skip
# Letters before "$" (or another sign), in lower case and without full stops.
DOLLAR_MARKS = {
    "us": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "can": "CAD", "cdn": "CAD", "nz": "NZD", "hk": "HKD",
    "s": "SGD", "sg": "SGD", "nt": "TWD", "r": "BRL", "mx": "MXN", "mex": "MXN", "j": "JMD", "tt": "TTD", "bz": "BZD", "fj": "FJD",
    "ec": "XCD", "g": "GYD", "n": "NAD", "bds": "BBD", "rd": "DOP", "ar": "ARS", "cl": "CLP",
}  # fmt: skip
# Of these, the ones that are no English word and may stand apart from the sign or in small letters.
SURE_MARKS = frozenset({"us", "hk", "nz", "au", "aus", "nt", "c", "cdn", "mx", "mex"})
# Letters before a figure that are no ISO code.
LETTER_SIGNS = {
    "Rs": "rupee", "Rs.": "rupee", "RM": "MYR", "Rp": "IDR", "Rp.": "IDR", "KSh": "KES", "Ksh": "KES", "KSh.": "KES", "Tk": "BDT",
    "USh": "UGX", "TSh": "TZS", "RMB": "CNY", "rmb": "CNY", "NIS": "ILS", "SFr": "CHF", "SFr.": "CHF", "CFA": "XOF",
    "SDR": "XDR", "STG": "GBP", "Stg": "GBP",
}  # fmt: skip
MINOR = {"cent": "USD", "cents": "USD", "penny": "GBP", "pence": "GBP", "pennies": "GBP", "eurocent": "EUR", "eurocents": "EUR"}
# ISO codes that capitals of English words, agencies or serial numbers are as often as not.
_WORDLIKE = """
AMD ANG BAM BIF BOB COP CUP CVE DOP ERN GEL GIP LAK MAD MOP MUR NAD PAB PEN RON SAR SOS SLE STN SSP TOP TRY VES WST ATS
DEM CDF
"""
WORDLIKE = frozenset(_WORDLIKE.split())


def _rows() -> list[tuple[str, str, list[str]]]:
    """(code, noun, national words) of each line of the table."""
    cells = [cell.split() for line in _NAMES.split("\n") for cell in line.split("|") if cell]
    return [(cell[0], cell[1], cell[2:]) for cell in cells]


def _nouns() -> dict[str, str]:
    """Each written form of a currency noun, with the noun it is a form of."""
    forms = {}
    for _, noun, _ in _rows():
        forms[noun] = noun
        for form in _PLURALS.get(noun, (f"{noun}s",)):
            forms[form] = noun
    return forms


CODES = frozenset(code for code, _, _ in _rows()) - {"ALL"}  # "ALL 5 million" is an English phrase
NOUNS = _nouns()
NATIONAL = {(noun, word): code for code, noun, words in _rows() for word in words} | {
    ("dollar", "hong kong"): "HKD",
    ("dollar", "new zealand"): "NZD",
    ("dollar", "united states"): "USD",
    ("pound", "south sudanese"): "SSP",
    ("rand", "south african"): "ZAR",
    ("won", "south korean"): "KRW",
    ("won", "north korean"): "KPW",
    ("franc", "cfa"): "XOF",
}
SINGLE = {noun: code for code, noun, _ in _rows() if sum(other == noun for _, other, _ in _rows()) == 1} | DEFAULTS
