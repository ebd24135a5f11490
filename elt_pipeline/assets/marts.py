"""The marts of dbt_recommendations as its YAML describes them, for the graph. Nothing is built here."""

from pathlib import Path

import yaml

MODELS = Path(__file__).resolve().parents[2] / "dbt_recommendations" / "models" / "marts"


def described_models(folder: Path) -> dict[str, str]:
    """Return each model's description by its name, in order of the names, from the YAML files of ``folder``."""
    documents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yml"))]
    models = [model for document in documents for model in document.get("models", [])]
    return {model["name"]: model["description"].strip() for model in sorted(models, key=lambda model: str(model["name"]))}


MARTS = described_models(MODELS)
