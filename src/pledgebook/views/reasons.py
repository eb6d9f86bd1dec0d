"""A plain sentence for each rule that a record's `because` names."""

#: The part before the first colon of a rule's name -> its sentence, in which {} stands for the part after it.
SENTENCES: dict[str, str] = {}


def reason_sentence(rule: str) -> str:
    """`rule` with its sentence; a rule without one is shown by its name alone."""
    family, _, detail = rule.partition(":")
    sentence = SENTENCES.get(family)
    return f"{rule} - {sentence.format(detail)}" if sentence else rule
