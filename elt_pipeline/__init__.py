"""The pipeline: from the source database through bronze, silver and gold to the tables that people read."""
