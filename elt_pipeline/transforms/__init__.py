"""The rules of the domain on Spark frames. Dagster, the clock, files and the environment do not belong here."""

import copyreg
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pyspark import cloudpickle

# A cluster's workers have no copy of this project: its functions travel to them whole, not by name.
cloudpickle.register_pickle_by_value(sys.modules[__name__])  # type: ignore[no-untyped-call]


def _travelling(remembering: Any) -> str | tuple[Callable[..., Any], tuple[Any, ...]]:
    """How a function under ``lru_cache`` is pickled: one of ours whole and with nothing remembered, any other by its name."""
    if not remembering.__module__.startswith(__name__):
        return str(remembering.__qualname__)
    return _remembering, (remembering.__wrapped__, remembering.cache_parameters()["maxsize"])


def _remembering(function: Callable[..., Any], maxsize: int) -> Any:
    return lru_cache(maxsize=maxsize)(function)


copyreg.pickle(type(lru_cache(len)), _travelling)
