"""That a command can catch every failure of a load at once."""

import pytest

from dataset.loading.load_errors import FolderUnusable, LoadFailed, MappingUnusable, NotInTheFormat, SourceNotOurs, SourceUnusable


@pytest.mark.parametrize("kind", [FolderUnusable, MappingUnusable, NotInTheFormat, SourceNotOurs, SourceUnusable])
def test_every_failure_of_a_load_is_one_and_keeps_its_sentence(kind: type[LoadFailed]) -> None:
    with pytest.raises(LoadFailed, match=r"^What to do\.$"):
        raise kind("What to do.")
