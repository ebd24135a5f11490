"""How tables are kept, and the one place that opens Spark. Rules of the domain do not belong here."""
