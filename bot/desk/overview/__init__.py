"""The managers' figures, computed in SQL from the desk's tables; the same on SQLite and PostgreSQL."""
