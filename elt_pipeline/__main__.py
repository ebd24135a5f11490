"""``python -m elt_pipeline`` is ``booklake``."""

from elt_pipeline.cli import main

main()
