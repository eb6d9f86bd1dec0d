"""Tables of the words in and around names of speakers: titles, ranks, bodies, places, roles."""

from pledgebook.extraction.cues import word_set

TITLES = word_set("""
mr mrs ms miss dr sir dame lord lady prof professor rev president vice prime minister deputy first foreign secretary chief
chairman chairwoman chair director general gen colonel col lieutenant lt captain capt major maj sergeant sgt admiral adm
commander ambassador senator sen representative rep congressman congresswoman governor gov mayor chancellor premier king queen
prince princess pope bishop archbishop father sister brother judge justice inspector detective superintendent det insp supt
constable officer spokesman spokeswoman spokesperson acting assistant under former senior executive ceo cfo mp msp coach manager
sheriff councillor cllr commissioner envoy special interior finance defence defense health education transport energy trade
environment justice housing agriculture labor labour treasury attorney press home state mep sheikh ayatollah imam rabbi hon
honorable speaker leader head baroness duke duchess count reverend pastor united us u.s uk eu british american chief-of-staff
water climate economy culture planning undersecretary aunt uncle official bureau principal administrator coordinator
""")
RANKS = word_set("""
mr mrs ms dr sir president minister secretary chairman chairwoman director general gen colonel col lieutenant lt captain capt
sergeant sgt admiral commander ambassador senator sen representative rep governor gov mayor chancellor spokesman spokeswoman
spokesperson official inspector superintendent officer undersecretary commissioner envoy coach professor prof coordinator
administrator
""")
PORTFOLIO = word_set("""
political military arms control nonproliferation state defense defence foreign affairs health finance interior education
transport energy trade environment justice housing agriculture labor labour treasury staff commerce homeland security police
operations planning economy culture tourism water climate industry development international public works information social
welfare internal fisheries mines oil gas electricity
""")
BODY = word_set("""
ministry department council bank house university agency news party group union nations commission committee association
federation institute institution court parliament congress senate office service services centre center company corporation corp
inc ltd llc plc trust foundation society board authority army navy police force forces embassy assembly organisation
organization government administration hospital school college club church street road avenue river lake mount island islands
sea ocean city county province district airport port times post guardian press agency network coalition alliance league fund
programme program project partnership programme project initiative watch international global airlines airways motors energy
water rail railways transport industries holdings partners act treaty agreement plan war day week festival prize award games cup
stadium park square building palace castle tower hotel bridge station north south east west new monday tuesday kingdom states
republic emirates strait bay valley hills hill beach coast region desert mosque temple cathedral museum gallery library theatre
theater summit conference convention forum declaration charter team unit division bureau chamber guild cooperative co-operative
works shipping estates homes laboratories labs systems solutions capital media radio television tv network associates brothers
sons crossing rescue relief charity aid line lines ferries harbour harbor farm farms mill mine mines wind solar power grid steel
foods dairy hall lane front movement brigade militia tribe security health treasury exchange survey observatory society affairs
rights human white red cross crescent pentagon kremlin
""")
#: Bodies whose names say what they are: "the ministry" is none that is named otherwise.
OFFICIAL_BODIES = word_set("ministry department court parliament congress senate police army navy embassy council government university")
#: Words of BODY that names of places are made of too: alone they make no body.
PLACES = word_set("""
house church street road avenue river lake mount island islands sea ocean city county province district airport port north south east
west new park square building palace castle tower hotel bridge station kingdom states republic emirates strait bay valley hills hill beach
coast region desert mosque temple cathedral harbour harbor farm farms mill mine mines hall lane front
""")
PLACE_FIRST = word_set("""
new north south east west united saudi san santa los las northern southern eastern western central upper lower port mount lake
fort saint st great middle sri costa puerto el hong sierra ivory cape addis tel abu
""")
FEMALE_WORDS = word_set("""
mrs ms miss dame lady queen princess spokeswoman chairwoman baroness duchess mother sister congresswoman businesswoman
""")
MALE_WORDS = word_set("""
mr sir lord king prince spokesman chairman father brother congressman pope bishop businessman
""")
FUNCTION = word_set("""
but and or so yet in on at by for from to with after before during while when as if since because although though however
meanwhile later earlier yesterday today tonight then now still also once both that there here what why how where whether
although until unless despite not only even just more such than this these those it he she they we i you his her their its my
our your the a an asked speaking according following over about against between among amid last next no yes
""")
VERBISH = word_set("""
is are was were be been has have had will would can could may might should must do does did said says told when while where
which whether if because although though but not after before as than since until that what why how so who
""")
TITLE_NOUNS = word_set("""
minister president secretary spokesman spokeswoman spokesperson chief director head mayor governor senator premier chancellor
commander general ambassador leader chairman chairwoman chair inspector detective superintendent professor manager coach captain
officer judge prosecutor lawyer analyst economist engineer farmer councillor commissioner envoy coordinator deputy colleague
author owner resident teacher nurse doctor student founder writer historian scientist researcher adviser advisor aide boss
executive campaigner official secretary-general co-founder editor consul delegate representative lawmaker player driver
chairperson treasurer superintendent sheriff organiser organizer activist host partner striker attorney expert
""")
HEADS = word_set("""
spokesman spokeswoman spokesperson source official officials report statement letter member lawyer representative post article
study document note email spokespeople memo survey release
""")
