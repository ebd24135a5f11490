"""The read side: questions to Postgres and their answers as dataclasses. No Streamlit, no Dagster, no environment."""
