"""Words of undertaking by class: what a governor or a verb means for a promise. General English, grouped by hand."""

_GROUPS: dict[str, str] = {
    # Words that bind the one who says them.
    "commit": "pledge commit vow promise undertake swear guarantee agree resolve consent accept recommit dedicate rededicate pledges commitment obligation "
    "vowed oath assurance guarantee undertaking bound bind engage",
    "decide": "decide decision determine determined determination resolved approve authorize authorise order direct instruct designate announce announcement "
    "choose elect",
    "intend": "plan intend aim propose intention intent plan goal objective target prepare ready prepared set expect anticipate mean purpose strategy "
    "priority prioritize focus due slate schedule poise",
    "hope": "hope seek wish aspire desire want look strive endeavor endeavour aspiration interested like willing willingness eager readiness stand open "
    "love try attempt ambition vision dream",
    "reaffirm": "reaffirm reiterate renew affirm confirm underscore emphasize emphasise stress highlight express restate underline repeat note reinforce "
    "demonstrate reflect convey signal discuss raise",
    "say": "say tell state declare report add explain claim argue insist believe think know suggest indicate reveal disclose write remark mention clear",
    "call": "urge call ask encourage request demand appeal invite press implore require expect need exhort implore must should advise recommend remind",
    "welcome": "welcome applaud commend praise thank appreciate congratulate salute honor honour celebrate grateful proud mourn remember pray",
    "enable": "allow enable help let make cause lead permit ensure require force empower mean",
    "continue": "continue keep maintain remain stay sustain persist proceed carry begin start resume",
}
_VERBS: dict[str, str] = {
    "schedule": "travel visit attend meet brief speak deliver participate address accompany depart arrive return discuss moderate highlight underscore "
    "emphasize livestream stream air feature broadcast hold host chair convene greet tour lead stop consult celebrate commemorate mark answer publish",
    "give": "provide give donate contribute fund finance deliver supply allocate invest spend pay disburse send grant award commit pledge earmark offer "
    "supplement add deploy ship transfer furnish extend",
    "work": "work cooperate collaborate coordinate partner engage consult negotiate partner participate join unite team",
    "support": "support help assist back aid stand bolster strengthen enhance boost reinforce advance promote foster encourage champion advocate",
    "protect": "protect defend secure safeguard preserve uphold ensure guarantee maintain keep guard shield honor",
    "fight": "fight combat counter defeat destroy degrade confront pursue strike target eliminate deter disrupt hunt address tackle prevent",
    "legal": "sanction prosecute hold impose enforce designate ban restrict punish investigate repeal legislate ratify sign veto remove lift waive levy enact",
    "create": "create establish launch open build form set found introduce develop stand expand start begin implement initiate inaugurate",
    "end": "end withdraw leave conclude terminate close reduce cut stop cease phase draw transition hand shift suspend halt",
    "mind": "remember forget miss cherish honor pray celebrate mourn recall know understand see think feel believe hear love like appreciate",
    "happen": "happen occur take come go be become mean result remain seem appear depend serve include involve contain consist exist bring allow enable "
    "prove show reveal succeed fail prevail suffer live die find",
}
CLASSES_OF_GOVERNOR = {word: name for name, words in reversed(_GROUPS.items()) for word in words.split()}
CLASSES_OF_VERB = {word: name for name, words in reversed(_VERBS.items()) for word in words.split()}


def governor_class(lemma: str) -> str:
    """The class of a word that governs an action: commit, decide, intend, hope, reaffirm, say, call, welcome, enable, continue, other."""
    return CLASSES_OF_GOVERNOR.get(lemma, "other")


def verb_class(lemma: str) -> str:
    """The class of the action's own verb: schedule, give, work, support, protect, fight, legal, create, end, mind, happen, other."""
    return CLASSES_OF_VERB.get(lemma, "other")
