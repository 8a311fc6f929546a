"""The encrypted store: its key, its engine, its schema; the only place that opens a database."""
