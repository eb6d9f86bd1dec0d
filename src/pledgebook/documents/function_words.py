"""The commonest function words of languages in Latin letters: what the language of a text is told by.

Lists of about thirty words each, as grammars give them. What counts is which list fits best, so that a word may stand in several.
"""

_WORDS = {
    "English": (
        "the of and to in that for is on with as by at from this be are was were have has had it its will would not an a or "
        "which their our we you i they he she his her but all been who what there more can your my so if do about when than "
        "them said also these those into us"
    ),
    "French": (
        "le la les des du et un une est en dans pour que qui sur avec au aux par ce cette sont nous vous ne pas plus été être "
        "leur ses ont il elle ils mais ou où comme"
    ),
    "Spanish": (
        "el la los las de y que un una del con para por se es en su al lo como más pero sus ha han son este esta sobre entre también fue"
    ),
    "Portuguese": (
        "o os as da do das dos e que um uma em para com não se na no nas nos por mais ao pela pelo são foi à seu sua como também"
    ),
    "Italian": (
        "il lo gli di del della dei delle e che un una è per con non si nel nella alla dal sono ha hanno più come anche le al sul questo"
    ),
    "German": (
        "der die das und ist den von zu mit sich des auf für nicht ein eine einer einem einen dem im es sie wir ich auch wird "
        "werden hat haben bei aus nach über als"
    ),
    "Dutch": ("de het een van en dat voor met zijn niet op te aan ook door bij naar worden wordt heeft hebben deze dit uit maar om wij"),
    "Swedish": "och att det som är av på för med den till inte har ett om vi från var ska eller kan också",
    "Danish or Norwegian": "og at det som er av af på for med den til ikke har et om vi fra skal eller kan også være blir bliver",
    "Turkish": ("ve bir bu için ile olarak da de olan çok daha gibi kadar sonra ancak ise her veya değil oldu tarafından edecek biz"),
    "Kurdish": "û li ji bo ku bi di de ya yên yê ev wê dê da ne hat hatin bû bûn dike dikin jî her kir kurdistanê",
    "Indonesian or Malay": (
        "yang dan di untuk dengan ini itu dari pada akan tidak dalam kepada oleh telah juga adalah ke kami mereka sudah bagi"
    ),
    "Polish": "i w na z się nie do że jest to o przez dla po od jak oraz są ze który która będzie",
    "Romanian": "și de la în cu pe care nu este un o din pentru că sunt mai au fost prin sau va această",
    "Czech or Slovak": "a v na se je že s z do o k pro které který jsou byl bylo jako ale také sa nie aby",
    "Croatian, Serbian or Bosnian": "i u na je se da za su od s sa će koji koja kao iz ne to bi smo biti nije",
    "Hungarian": "a az és hogy nem egy is ez volt meg csak el van de mint már között vagy lesz ha",
    "Finnish": "ja on ei että se hän oli ovat mutta myös kun tai joka sekä mukaan ole jotka tämä",
    "Swahili": "ya na wa kwa ni la katika za kuwa hii cha yake wake hiyo kama pia huo alisema watu hayo",
    "Somali": "oo iyo ka ku ee waa in la uu ay soo ah ayaa si u ayuu waxaa kale",
    "Vietnamese": "và của là có được cho không các trong một với những này đã sẽ người để từ",
    "Filipino": "ang ng sa mga na ay ito para hindi kung ni siya kay niya nang tayo ating din",
    "Albanian": "dhe të në e për me një që nga është si do nuk i u kanë jane janë",
}
ENGLISH = frozenset(_WORDS["English"].split())
OTHERS = {name: frozenset(words.split()) for name, words in _WORDS.items() if name != "English"}

#: Scripts by the first code point of a letter's block and the first beyond it, with the language or languages written in them.
SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x0400, "Greek"),
    (0x0400, 0x0530, "a language in Cyrillic letters"),
    (0x0530, 0x0590, "Armenian"),
    (0x0590, 0x0600, "Hebrew"),
    (0x0600, 0x0700, "a language in Arabic letters"),
    (0x0700, 0x0750, "Syriac"),
    (0x0750, 0x0780, "a language in Arabic letters"),
    (0x0900, 0x0980, "Hindi or another language in Devanagari letters"),
    (0x0980, 0x0A00, "Bengali"),
    (0x0A00, 0x0E00, "a language of South Asia"),
    (0x0E00, 0x0E80, "Thai"),
    (0x1000, 0x10A0, "Burmese"),
    (0x10A0, 0x1100, "Georgian"),
    (0x1100, 0x1200, "Korean"),
    (0x1200, 0x1380, "Amharic or Tigrinya"),
    (0x1780, 0x1800, "Khmer"),
    (0x3040, 0x3100, "Japanese"),
    (0x3400, 0xA000, "Chinese or Japanese"),
    (0xAC00, 0xD7B0, "Korean"),
    (0xFB50, 0xFE00, "a language in Arabic letters"),
    (0xFE70, 0xFF00, "a language in Arabic letters"),
)

#: ISO 639 codes of the names above and of those that letters tell within a script; "und" stands for the rest.
CODES = {
    "English": "en", "French": "fr", "Spanish": "es", "Portuguese": "pt", "Italian": "it", "German": "de", "Dutch": "nl",
    "Swedish": "sv", "Turkish": "tr", "Kurdish": "ku", "Polish": "pl", "Romanian": "ro", "Hungarian": "hu", "Finnish": "fi",
    "Swahili": "sw", "Somali": "so", "Vietnamese": "vi", "Filipino": "fil", "Albanian": "sq", "Greek": "el", "Armenian": "hy",
    "Hebrew": "he", "Bengali": "bn", "Thai": "th", "Burmese": "my", "Georgian": "ka", "Korean": "ko", "Khmer": "km",
    "Japanese": "ja", "Arabic": "ar", "Persian": "fa", "Sorani Kurdish": "ckb", "Urdu": "ur", "Russian": "ru", "Ukrainian": "uk",
    "Chinese": "zh",
}  # fmt: skip
