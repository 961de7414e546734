"""One SQLite file: its migrations, its journal, one module a kind of record, and rosters read into it."""
