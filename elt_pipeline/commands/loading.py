"""Files into the source database: the demo dataset's place, and the loader over the settings. Parsing belongs to dataset/."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from elt_pipeline.session import source_of
from elt_pipeline.settings import Settings

if TYPE_CHECKING:
    from dataset.generating.dataset_writer import Progress
    from dataset.loading.summaries import LoadProgress, LoadSummary


def demo_dataset(var: Path, book_count: int | None, report: "Callable[[Progress], None]") -> Path:
    """Return the folder of the demo dataset of so many editions, generated where it is not there yet."""
    from dataset.generating.generator import DEFAULT_BOOKS, generate_dataset

    folder = var / "demo-dataset"
    generate_dataset(folder, book_count=book_count or DEFAULT_BOOKS, report=report)
    return folder


def load_into_source(
    settings: Settings,
    place: Path,
    report: "Callable[[LoadProgress], None]",
    *,
    mapping: Iterable[str] = (),
    replace: bool,
) -> "LoadSummary":
    """Make the source database hold exactly the rows of a folder or file. Raises ``LoadFailed``.

    ``mapping`` holds texts like ``title=Titel,isbn=EAN``: which heading of a catalogue is which.
    """
    from dataset.loading.catalogues import read_mapping
    from dataset.loading.loader import load_files

    headings = read_mapping(mapping)
    settings.var.mkdir(parents=True, exist_ok=True)
    url = source_of(settings).url.get_secret_value().replace("mysql://", "mysql+pymysql://", 1)
    return load_files(place, url, mapping=headings, replace=replace, report=report)
