"""Identity from content: SHA-256 over canonical JSON, the one recipe for every id."""

import hashlib
import json


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data` as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: object) -> bytes:
    """RFC 8785 bytes of a value made of dicts with ASCII keys, lists, strings, integers, booleans and None.

    Floats are refused: RFC 8785 writes them as ECMAScript does, and nothing that has an identity is a float here.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def content_id(kind: str, *fields: object) -> str:
    """A 16-digit hex id from a kind and the fields that make the thing what it is."""
    return sha256_hex(canonical_json([kind, *fields]))[:16]


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no place in an identity; use a decimal string")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
