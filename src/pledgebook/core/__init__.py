"""The plain frozen types that every stage exchanges. Imports the standard library and msgspec only.

Types of which a book holds hundreds of thousands are declared with `gc=False`: a frozen value cannot be part of a cycle, and the collector
would otherwise walk all of them again and again.
"""
