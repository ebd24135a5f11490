"""What is made in a server once it answers, and the words where that cannot be. No server starts."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from elt_pipeline.settings import Settings
from stack.errors import StackFailed
from stack.preparing import make_roles


@pytest.mark.parametrize("url", [None, SecretStr("postgresql://a:hush@127.0.0.1:9/b")])
def test_a_warehouse_that_cannot_be_made_ready_is_told_by_its_setting(url: SecretStr | None, tmp_path: Path) -> None:
    with pytest.raises(StackFailed, match="WAREHOUSE_URL") as told:
        make_roles(Settings(warehouse_url=url, var_dir=tmp_path))
    assert "hush" not in str(told.value)
