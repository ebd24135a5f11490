"""What a person sees in a browser of the servers: Dagit makes one year, Spark says for what it worked, MinIO shows the layers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from elt_pipeline.settings import Settings
from stack.settings import StackSettings
from tests.support.browser import chromium, needs_chromium
from tests.support.real_stack import RealStack, source_login

# A step of Spark on a machine that does much else.
LONG_MILLISECONDS = 300_000

pytestmark = [pytest.mark.stack, needs_chromium]


@dataclass(frozen=True)
class Seen:
    """The settings of the servers, and a page of a browser."""

    stack: StackSettings
    pipeline: Settings
    page: Page

    def open_asset(self, key: str, view: str = "") -> None:
        self.page.goto(f"http://127.0.0.1:{self.pipeline.dagit_port}/assets/{key}?{view}")

    def row_count(self) -> int:
        expect(self.counted()).to_have_text(re.compile(r"Row count[\d,]+$"))
        return int(self.counted().inner_text().split()[-1].replace(",", ""))

    def await_row_count(self, wanted: int) -> None:
        expect(self.counted()).to_have_text(re.compile(rf"Row count{wanted:,}$"), timeout=LONG_MILLISECONDS)

    def counted(self) -> Locator:
        return self.page.get_by_text("Row count").locator("xpath=../..")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def seen(browser: Browser, refreshed: RealStack) -> Iterator[Seen]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    with refreshed.settings() as servers:
        yield Seen(servers.stack, servers.pipeline, page)
    page.close()
    expect.set_options(timeout=5_000)


@pytest.fixture
def one_book_more(refreshed: RealStack) -> Iterator[None]:
    """A book of 1999 that the source has meanwhile, and not afterwards."""
    with refreshed.settings() as servers, source_login(servers) as login, login.cursor() as cursor:
        cursor.execute(
            "insert into book (Id, Name, Authors, PublishYear) values ('99000001', 'Seen in Dagit', 'A Tester', '1999')"
        )
        yield
        cursor.execute("delete from book where Id = '99000001'")


@pytest.mark.usefixtures("one_book_more")
def test_dagit_makes_one_year_counts_and_checks_it_and_leads_to_what_spark_did(seen: Seen) -> None:
    page = seen.page
    seen.open_asset("bronze/books")
    before = seen.row_count()
    materialize_year(page, "1999")
    seen.await_row_count(before + 1)
    seen.open_asset("bronze/books", "view=partitions&partition=1999")
    expect(page.get_by_text("Materialized", exact=True)).to_be_visible()
    expect(page.get_by_text("written", exact=True)).to_be_visible()
    seen.open_asset("bronze/books", "view=checks")
    expect(page.get_by_text("Succeeded", exact=True)).to_have_count(3, timeout=LONG_MILLISECONDS)

    seen.open_asset("silver/editions")
    before = seen.row_count()
    page.get_by_role("button", name="Materialize").first.click()
    seen.await_row_count(before + 1)
    link = page.get_by_role("link", name=f"http://127.0.0.1:{seen.stack.spark_driver_ui_port}/connect/session")
    page.goto(str(link.first.get_attribute("href")))
    expect(page.get_by_text("asset:silver/editions").first).to_be_visible()


def test_sparks_ui_names_the_asset_and_the_run_of_each_job(seen: Seen) -> None:
    seen.page.goto(f"http://127.0.0.1:{seen.stack.spark_driver_ui_port}/jobs/")
    expect(seen.page.get_by_text(re.compile(r"^silver/editions, run [0-9a-f]{8}$")).first).to_be_visible()


def test_minios_console_shows_the_three_layers(seen: Seen) -> None:
    page = seen.page
    page.goto(f"http://127.0.0.1:{seen.stack.minio_console_port}")
    page.locator("input#accessKey").fill(seen.stack.minio_root_user)
    page.locator("input#secretKey").fill(seen.stack.minio_root_password.get_secret_value())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Acknowledge").click()
    for layer in ("bronze", "silver", "gold"):
        expect(page.get_by_text(layer, exact=True)).to_be_visible()


def materialize_year(page: Page, year: str) -> None:
    page.get_by_role("button", name="Materialize…").click()
    dialog = page.locator(".dagster-dialog")
    dialog.get_by_text("Select a partition or create one").click()
    page.keyboard.type(year)
    page.get_by_role("menuitem", name=year).last.click()
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Launch 1 run").click()
