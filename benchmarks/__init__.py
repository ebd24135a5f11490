"""Measurements of what is published, beside its peers. Tuning does not belong here."""
