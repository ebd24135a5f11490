"""The demo dataset from catalogue and seed, with the quirks of real files and an answer key. Loading does not belong here."""
