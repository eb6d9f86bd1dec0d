"""The API for programs: JSON under /api/v1, the same rows as the exports, described by OpenAPI."""
