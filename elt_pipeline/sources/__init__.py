"""How the outside is read: clients, timeouts, retries. Cleaning and our column names do not belong here."""
