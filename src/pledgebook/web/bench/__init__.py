"""The review bench: where people check what the machine read, say what it missed, tie evidence and money, and code texts blind.

A page is made for one person and kept by nobody. What is sent is a form, one POST that is written down wholly, once, or not at all (`acting`).
Everything works without a script; `static/bench.js` makes it fast and puts it on keys.
"""
