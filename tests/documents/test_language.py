import pytest

from pledgebook.documents import document_from_text
from pledgebook.documents.language import NO_PROSE, language_of

# One sentence, as each language would put it: the ministry will dig two hundred wells in the south before the end of the year.
FOREIGN = {
    "fr": (
        "Le ministère de l'Eau a annoncé lundi qu'il creusera deux cents puits dans les "
        "provinces du sud avant la fin de l'année, avec ses partenaires."
    ),
    "es": (
        "El ministerio anunció el lunes que cavará doscientos pozos en las "
        "provincias del sur antes de fin de año con el apoyo de sus socios."
    ),
    "de": (
        "Das Ministerium kündigte am Montag an, dass es bis zum Ende des Jahres zweihundert Brunnen in den südlichen Provinzen graben wird."
    ),
    "pt": (
        "O ministério anunciou na segunda-feira que vai abrir duzentos poços nas "
        "províncias do sul até ao fim do ano com o apoio dos parceiros."
    ),
    "it": (
        "Il ministero ha annunciato lunedì che scaverà duecento pozzi nelle province "
        "del sud entro la fine dell'anno con il sostegno dei partner."
    ),
    "tr": (
        "Bakanlık pazartesi günü yaptığı açıklamada yıl sonuna kadar güney illerinde "
        "iki yüz kuyu açacağını ve bunun için çalışacağını duyurdu."
    ),
    "ku": (
        "Wezareta Avê roja duşemê ragihand ku ew ê heta dawiya salê du sed bîrên "
        "avê li parêzgehên başûr veke û bi hevkarên xwe re kar bike."
    ),
    "nl": (
        "Het ministerie kondigde maandag aan dat het voor het einde van het jaar tweehonderd putten zal graven in de zuidelijke provincies."
    ),
    "pl": (
        "Ministerstwo ogłosiło w poniedziałek, że do końca roku wykopie dwieście studni w południowych prowincjach przy wsparciu partnerów."
    ),
    "sw": (
        "Wizara ya Maji ilitangaza Jumatatu kwamba itachimba visima mia mbili katika "
        "mikoa ya kusini kabla ya mwisho wa mwaka kwa msaada wa washirika."
    ),
    "ar": "أعلنت وزارة المياه يوم الاثنين أنها ستحفر مئتي بئر في المحافظات الجنوبية قبل نهاية العام بدعم من الشركاء.",
    "fa": ("وزارت آب روز دوشنبه اعلام کرد که تا پایان سال دویست چاه در استان‌های جنوبی خواهد کند و از پشتیبانی شرکا بهره می‌گیرد."),
    "ckb": "وەزارەتی ئاو ڕۆژی دووشەممە ڕایگەیاند کە تا کۆتایی ساڵ دوو سەد بیر لە پارێزگاکانی باشوور لێدەدات.",
    "ru": ("Министерство объявило в понедельник, что до конца года выроет двести колодцев в южных провинциях при поддержке партнёров."),
    "uk": ("Міністерство оголосило в понеділок, що до кінця року викопає двісті колодязів у південних провінціях за підтримки партнерів."),
    "zh": "水利部周一宣布,将在年底前在合作伙伴的支持下在南部各省打两百口水井。",
    "ja": "水省は月曜日、パートナーの支援を受けて年末までに南部の州に二百の井戸を掘ると発表した。",
    "ko": "수자원부는 월요일에 파트너의 지원을 받아 연말까지 남부 지방에 이백 개의 우물을 파겠다고 발표했다.",
    "he": "משרד המים הודיע ביום שני כי יחפור מאתיים בארות במחוזות הדרומיים עד סוף השנה בתמיכת השותפים.",
    "und": (
        "Kementerian Air mengumumkan pada hari Senin bahwa pemerintah akan menggali dua "
        "ratus sumur di provinsi selatan sebelum akhir tahun dengan mitra."
    ),
}
ENGLISH = "The ministry announced on Monday that it will dig two hundred wells in the southern provinces before the end of the year."


@pytest.mark.parametrize(("code", "text"), FOREIGN.items())
def test_another_language_is_named_and_is_an_error(code: str, text: str) -> None:
    found = document_from_text(text)
    assert found.document is not None
    assert found.document.language == code
    assert [(problem.severity, problem.rule) for problem in found.problems if problem.severity == "error"] == [
        ("error", "unsupported-language")
    ]


def test_a_language_without_a_list_is_not_taken_for_english() -> None:
    estonian = (
        "Ministeerium teatas esmaspäeval, et kaevab aasta lõpuks lõunapoolsetesse provintsidesse kakssada kaevu ning küsib "
        "selleks partnerite tuge. Töö algab järgmisel nädalal ja kestab kuni talveni, ütles minister pressikonverentsil, "
        "kus osalesid ka külaelanikud."
    )
    assert language_of(estonian).code == "und"


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Wells",
        "Ministre de l'Eau",  # too short to tell
        "Remarks: Ministers José Peña, Río Claro, Côte d'Ivoire, São Tomé, Curaçao, Åland, Zürich, Málaga, Łódź, Köln met with us",
        f"{ENGLISH} The minister ended with a verse: أعلنت وزارة المياه يوم الاثنين أنها ستحفر مئتي بئر.",
        f"{ENGLISH} « {FOREIGN['fr'][:60]} », he said. {ENGLISH}",
        "Wells\nBudget\nWater\nSanitation\nEducation\nHealth\nDemining\nElectricity\nTransport\nHousing\nCulture\nJustice\nDefence\nTrade\n",
    ],
)
def test_english_is_never_refused(text: str) -> None:
    assert not language_of(text).is_foreign


def test_a_table_of_numbers_is_no_foreign_language() -> None:
    text = "Year 1 2\n" + "2021 3,400 5,600\n2022 1.2 (4.5)\n" * 40
    assert language_of(text) == NO_PROSE
    found = document_from_text(text, published="2024-09-30")
    assert found.document is not None
    assert [(problem.severity, problem.rule) for problem in found.problems] == [("note", "no-prose")]
