"""The models of what readers like: numpy, scipy and Polars in, arrays and frames out. No Spark, SQL, Dagster or files here."""
