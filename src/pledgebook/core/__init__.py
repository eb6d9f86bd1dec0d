"""The plain frozen types that every stage exchanges. Imports the standard library and msgspec only."""
