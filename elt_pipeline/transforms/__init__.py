"""The rules of the domain on Spark frames. Dagster, the clock, files and the environment do not belong here."""
