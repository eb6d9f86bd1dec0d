"""Train the shipped models: python -m training.train. Needs ../shared; the development gold is not looked at."""

import hashlib
import re
from pathlib import Path

import msgspec

from pledgebook.extraction.model import Models
from training.data import LABELS, NEWS, SHARED, gold, news, own_labels
from training.examples import examples_of
from training.fit import fit_models

MODELS = Path(__file__).resolve().parents[1] / "src" / "pledgebook" / "extraction" / "models"


def data_hash() -> str:
    """A hash of everything that the models are trained on."""
    digest = hashlib.sha256()
    for path in (SHARED / "gold" / "train_docs.jsonl", SHARED / "gold" / "train_gold.jsonl", LABELS, *sorted(NEWS.glob("*.json"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def write(models: Models) -> None:
    """One JSON file for each model, a feature a line, so that a change of weights can be read in a diff."""
    for name in Models.__struct_fields__:
        text = msgspec.json.format(msgspec.json.encode(getattr(models, name), order="sorted"), indent=0).decode()
        (MODELS / f"{name}.json").write_text(_compact(text) + "\n", encoding="utf-8")


def _compact(text: str) -> str:
    """The rows of weights on one line each."""
    return re.sub(r"\[\n([^\[\]]*)\n\]", lambda match: "[" + match.group(1).replace("\n", "") + "]", text)


def main() -> None:
    """Fit on the training gold and our own labels, and write the models."""
    documents = [examples_of(document) for document in [*gold("train"), *own_labels(), *news()]]
    write(fit_models(documents, data_hash()))
    for path in sorted(MODELS.glob("*.json")):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
