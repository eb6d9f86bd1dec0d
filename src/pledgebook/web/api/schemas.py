"""What the answers of the API look like, as JSON Schema: made from the codebook of the exports."""

from typing import Any

from pledgebook.views.book.codebook import Column, codebook

Schema = dict[str, Any]
_TEXT: Schema = {"type": ["string", "null"]}
_BY_KIND: dict[str, Schema] = {
    "flag": {"type": ["boolean", "null"]},
    "whole": {"type": ["integer", "null"]},
    "decimal": {"type": ["string", "null"], "description": "a decimal number as a string"},
    "share": {"type": ["number", "null"]},
    "degrees": {"type": ["number", "null"]},
    "names": {"type": "array", "items": {"type": "string"}},
    "amounts": {"type": "array", "items": {"type": "object"}},
    "purposes": {"type": "array", "items": {"type": "object"}},
    "json": {},
}


def table_schema(table: str) -> Schema:
    """The schema of a row of a table of the exports."""
    columns = codebook()[table].of_data
    return {
        "type": "object",
        "description": codebook()[table].meaning,
        "required": [column.name for column in columns],
        "properties": {column.name: _column(column) for column in columns},
    }


def _column(column: Column) -> Schema:
    return {**_BY_KIND.get(column.kind, _TEXT), "description": column.meaning}


def row_schema(**properties: Schema) -> Schema:
    """The schema of a row with these properties, all of them there."""
    return {"type": "object", "required": list(properties), "properties": properties}


def list_schema(row: Schema, **more: Schema) -> Schema:
    """The schema of an answer that holds a part of a list, and what else it says."""
    return row_schema(
        as_of={"type": "string", "format": "date", "description": "the day looked from"},
        entries={"type": "integer", "description": "log entries of the book that the answer shows"},
        rows={"type": "array", "items": row},
        next={"type": ["string", "null"], "description": "the address of what comes after; null at the end"},
        **more,
    )


def responses(schema: Schema) -> dict[int | str, dict[str, Any]]:
    """What a route says of its answers."""
    problem = {"application/json": {"schema": row_schema(detail={})}}
    return {
        200: {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}},
        304: {"description": "The asker has it: the ETag is the one that was sent."},
        400: {"description": "The request cannot be understood.", "content": problem},
        404: {"description": "There is none.", "content": problem},
        410: {"description": "There was one, and is none any more.", "content": problem},
        414: {"description": "The address is too long.", "content": problem},
        503: {"description": "The list is being made, or the book cannot be asked; ask again in a little while.", "content": problem},
    }
