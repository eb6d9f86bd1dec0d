"""The book: log, sources, decisions, and what is computed from them; on SQLite or PostgreSQL."""
