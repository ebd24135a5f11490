"""The warehouse: the private server, roles, the load, and what is published in one step. The lake does not belong here."""
