"""The tables of the lake: how each is found, read, compared and written. Postgres does not belong here."""
