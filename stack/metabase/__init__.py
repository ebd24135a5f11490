"""Metabase as code: the cards, in the *.sql files here, and what brings them to a Metabase. Starting it belongs to compose."""
