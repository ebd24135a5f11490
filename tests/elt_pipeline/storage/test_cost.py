"""The peak of a step is of that step, not of the whole process."""

from pathlib import Path

import pytest

from elt_pipeline.storage import cost
from elt_pipeline.storage.cost import Meter, peak_memory_bytes

MEGABYTE = 1024 * 1024


def test_a_step_that_takes_memory_has_a_higher_peak_than_the_one_after_it() -> None:
    meter = Meter.start()
    taken = bytearray(b"x") * (200 * MEGABYTE)
    large = meter.cost
    del taken
    small = Meter.start().cost
    assert large.peak_memory_bytes > 200 * MEGABYTE
    assert small.peak_memory_bytes < large.peak_memory_bytes - 100 * MEGABYTE
    assert large.seconds > 0


def test_where_the_system_keeps_no_such_file_the_peak_is_that_since_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cost, "PROCESS", tmp_path / "none")
    assert Meter.start().cost.peak_memory_bytes == peak_memory_bytes() > MEGABYTE
