from elt_pipeline.commands.data_page import data_page
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.settings import ROOT


def test_the_page_of_the_tables_is_current() -> None:
    written = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert written == data_page(), "docs/data.md is not what the contracts say: run `make docs`."


def test_every_table_stands_there_with_its_grain_and_columns() -> None:
    page = data_page()
    for contract in TABLES:
        section = page.split(f"### {contract.full_name}\n", 1)[1].split("\n#", 1)[0]
        assert contract.grain in section
        assert [name for name in contract.column_names if f"| `{name}` |" not in section] == []
