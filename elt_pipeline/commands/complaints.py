"""What can go wrong outside our code, as one sentence for a person. Where it is noticed does not belong here."""

from pydantic import ValidationError

from catalogue.asking import CatalogueUnavailable
from dataset.loading.load_errors import LoadFailed
from elt_pipeline.advice import with_advice
from elt_pipeline.contracts.table import ContractViolation
from elt_pipeline.sources.errors import SourceUnavailable
from elt_pipeline.storage.delta.commits import LakeUnavailable
from elt_pipeline.storage.postgres.lake_lock import LakeBusy, LakeLockLost
from elt_pipeline.storage.postgres.postgres_binaries import PostgresUnavailable
from elt_pipeline.storage.postgres.publication import PublicationFailed
from elt_pipeline.storage.postgres.refusals import HistoryUnavailable
from elt_pipeline.storage.postgres.warehouse import WarehouseUnavailable
from elt_pipeline.storage.secrets import SecretsUnreadable
from elt_pipeline.storage.spark_connect import SparkUnavailable

EXPECTED = (
    CatalogueUnavailable,
    ContractViolation,
    HistoryUnavailable,
    LakeBusy,
    LakeLockLost,
    LakeUnavailable,
    LoadFailed,
    OSError,
    PostgresUnavailable,
    PublicationFailed,
    SecretsUnreadable,
    SourceUnavailable,
    SparkUnavailable,
    ValidationError,
    WarehouseUnavailable,
)


def complaint(error: BaseException) -> str:
    """Return what the error says, with what to do about it."""
    if isinstance(error, OSError) and error.filename:
        return with_advice(f"{error.filename}: {error.strerror}.")
    if isinstance(error, ValidationError):
        return f"{'; '.join(_wrong_settings(error))}. Correct it in the environment or in .env."
    return with_advice(str(error))


def _wrong_settings(error: ValidationError) -> list[str]:
    """Each variable and what is wrong with it, without its value, which may be a password."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    said = [
        (" ".join(map(str, wrong["loc"])).upper(), wrong["msg"].removeprefix("Value error, ").split(", unable to parse")[0])
        for wrong in found
    ]
    return [f"{name}: {what}" if name else what for name, what in said]
