"""Addresses of sources as IATI's document links: an xsd:anyURI of the web, and the form of what is there."""

import re

#: Scheme, host and port; then path, query and fragment. User names and addresses of IPv6 are not taken.
_ADDRESS = re.compile(r"(https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(?::[0-9]{1,5})?)([/?#].*)?", re.ASCII | re.DOTALL)
#: What RFC 3986 lets stand after the host; each other character is written as its bytes in UTF-8.
_OTHER = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]", re.ASCII)
_FORMS = {".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown", ".jsonl": "application/jsonl"}


def web_address(url: str) -> str | None:
    """`url` as a valid address of the web, what RFC 3986 does not allow percent-encoded; None if it is none."""
    match = _ADDRESS.fullmatch("".join(url.split()))
    if match is None:
        return None
    rest, mark, fragment = (match[2] or "").partition("#")
    try:
        return match[1] + _encoded(rest) + mark + _encoded(fragment)
    except UnicodeEncodeError:  # half a character
        return None


def form_of(address: str) -> str:
    """The media type that the address tells by its suffix; an address without one of these leads to a page."""
    path = re.split("[?#]", address.removeprefix("https://").removeprefix("http://"), maxsplit=1)[0]
    return next((form for suffix, form in _FORMS.items() if "/" in path and path.lower().endswith(suffix)), "text/html")


def _encoded(text: str) -> str:
    return _OTHER.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
