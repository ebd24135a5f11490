"""A build that fails says which model or test and why; a fingerprint is of what the project says."""

import json
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from elt_pipeline.storage.dbt_project import DbtFailed, build_recommendations, project_fingerprint, write_profile
from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_a_build_without_gold_names_what_failed_and_the_log(empty_warehouse: Warehouse, tmp_path: Path) -> None:
    with empty_warehouse.connect("owner") as owner:
        owner.execute("create schema recommendations_next authorization booklake_dbt")
    told: list[str] = []
    here = Path.cwd()
    with pytest.raises(DbtFailed, match=r"(?s)- editions: .*relation \"gold.editions\" does not exist.*dbt\.log"):
        build_recommendations(
            empty_warehouse, gold_schema="gold", target_schema="recommendations_next", var_dir=tmp_path, report=told.append
        )
    assert (tmp_path / "logs" / "dbt.log").is_file()
    assert any(line.startswith("recommendations.editions: error") for line in told)
    assert Path.cwd() == here


def test_a_server_that_is_away_is_said(tmp_path: Path) -> None:
    away = Warehouse(SecretStr("postgresql://postgres@127.0.0.1:1/booklake"), {"dbt": SecretStr("secret-word")})
    with pytest.raises(DbtFailed, match=r"127\.0\.0\.1") as failure:
        build_recommendations(away, gold_schema="gold", target_schema="recommendations_next", var_dir=tmp_path, report=print)
    assert "secret-word" not in str(failure.value)


def test_only_its_owner_reads_the_profile_and_braces_in_a_password_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "dbt" / "profiles.yml"
    for password in ("a{{b}}", "plain"):
        warehouse = Warehouse(SecretStr("postgresql://o:p@localhost:5433/books"), {"dbt": SecretStr(password)})
        write_profile(file, warehouse, "recommendations_next")
        output = json.loads(file.read_text())["booklake"]["outputs"]["warehouse"]
        assert output["password"] == ("plain" if password == "plain" else "{% raw %}a{{b}}{% endraw %}")  # noqa: S105 -- no real one
        assert (output["host"], output["port"], output["dbname"], output["user"]) == ("localhost", 5433, "books", "booklake_dbt")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_fingerprint_is_of_the_files_and_not_of_what_dbt_writes(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    model = tmp_path / "models" / "books.sql"
    model.write_text("select 1")
    before = project_fingerprint(tmp_path)
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text("{}")
    assert project_fingerprint(tmp_path) == before
    model.write_text("select 2")
    assert project_fingerprint(tmp_path) != before
    model.write_text("select 1")
    assert project_fingerprint(tmp_path) == before
    model.rename(tmp_path / "models" / "works.sql")
    assert project_fingerprint(tmp_path) != before
