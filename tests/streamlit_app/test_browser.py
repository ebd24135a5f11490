"""The app in a real browser: the way from a search to a book and back, text as it stands, nothing from outside, no errors."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from elt_pipeline.storage.postgres.postgres_server import free_port
from tests.support.browser import chromium, needs_chromium

START_SECONDS = 20

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(published_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app")
    secrets = folder / "secrets.toml"
    secrets.write_text(f'[warehouse]\nurl = "{published_url}"\n', encoding="utf-8")
    port = free_port()
    app = Path(__file__).parents[2] / "streamlit_app" / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port), "--secrets.files", str(secrets)]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(url, timeout=START_SECONDS).close()  # noqa: S310 -- our own server
        except OSError:
            assert time.monotonic() < deadline, f"{url} does not answer"
        else:
            return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    outside: list[str] = []
    errors: list[str] = []
    page = browser.new_page(base_url=address)
    page.on("request", lambda request: None if request.url.startswith((address, "data:")) else outside.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert (outside, errors) == ([], [])


def test_a_misspelt_search_leads_to_the_book_and_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Title, author or ISBN").fill("hary poter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Read as harry potter.")).to_be_visible()
    expect(page).to_have_url("/?q=hary+poter")
    link = page.locator(".card").get_by_role("link", name="Harry Potter and the Order of the Phoenix")
    assert link.get_attribute("href") == "/?book=2&searched=hary+poter"
    link.click()
    expect(page).to_have_url("/?book=2&searched=hary+poter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harry Potter and the Order of the Phoenix")
    expect(page).to_have_title("Harry Potter and the Order of the Phoenix · Booklake")
    expect(page.get_by_role("table")).to_contain_text("9786500000012")
    page.get_by_role("link", name="Results for").click()
    expect(page.get_by_label("Title, author or ISBN")).to_have_value("hary poter")
    expect(link).to_be_visible()


def test_the_browser_s_back_button_returns_to_the_results(page: Page) -> None:
    page.goto("/?q=good")
    page.get_by_role("link", name="Good Omens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Good Omens")
    page.go_back()
    expect(page.get_by_role("link", name="Good Omens")).to_be_visible()
    expect(page.get_by_label("Title, author or ISBN")).to_have_value("good")


def test_a_search_to_the_letter_is_one_click_away(page: Page) -> None:
    page.goto("/?q=hary+poter")
    page.get_by_role("link", name="Search for exactly").click()
    expect(page.get_by_text("No book has these words in exactly this spelling.")).to_be_visible()
    page.get_by_label("Title, author or ISBN").fill("good")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Good Omens")).to_be_visible()
    expect(page).to_have_url("/?q=good")


def test_picks_have_their_effect_at_once_stand_in_the_address_and_can_be_gone_back_from(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="For you").click()
    page.locator(".st-key-like-known-1 button").click()
    expect(page.get_by_role("heading", name="You may like")).to_be_visible()
    expect(page.locator(".reasons")).to_contain_text("Half-Blood Prince")
    expect(page).to_have_url("/?page=for-you&like=1")
    page.locator(".st-key-dislike-recommended-2 button").click()
    expect(page.get_by_text("Nothing follows from these picks yet.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="You may like")).to_be_visible()
    expect(page).to_have_url("/?page=for-you&like=1")
    page.get_by_role("link", name="Order of the Phoenix").click()
    page.get_by_role("link", name="I like it").click()
    expect(page).to_have_url("/?page=for-you&like=1,2")


def test_a_number_of_the_ledger_leads_to_its_rows_and_to_a_file_that_no_spreadsheet_runs(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Trust").click()
    page.get_by_role("link", name="Show 2 rows: same_id").click()
    expect(page).to_have_url("/?page=trust&table=book&outcome=merged&reason=same_id")
    expect(page.get_by_role("cell", name="<b>Dune</b>")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == "book-merged-same_id.csv"
    assert download.value.path().read_text(encoding="utf-8-sig").splitlines()[1].startswith("book,merged,same_id,book.csv,4,8,8,")
    page.go_back()
    expect(page.get_by_role("heading", name="What became of every row")).to_be_visible()


def test_charts_are_drawn_and_told_and_their_numbers_unfold(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Explore").click()
    chart = page.get_by_label("Books by decade. When each book")
    expect(chart.locator("svg, canvas").first).to_be_visible()
    row = page.get_by_role("row").filter(has_text="1990s")
    expect(row).to_be_hidden()
    page.get_by_text("As a table").first.click()
    expect(row).to_be_visible()
    page.get_by_role("link", name="J.K. Rowling").click()
    expect(page.get_by_label("Title, author or ISBN")).to_have_value("J.K. Rowling")


def test_an_example_is_searched_at_a_click(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="J.K. Rowling").click()
    expect(page.get_by_label("Title, author or ISBN")).to_have_value("J.K. Rowling")


def test_a_shared_link_opens_the_book_and_a_similar_one_from_there(page: Page) -> None:
    page.goto("/?book=1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harry Potter and the Half-Blood Prince")
    page.get_by_role("link", name="Order of the Phoenix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harry Potter and the Order of the Phoenix")


def test_markup_in_a_title_is_shown_and_not_obeyed(page: Page) -> None:
    title = "<script>alert(1)</script> *bold* [x](javascript:alert(1)) $x^2$ :smile: www.example.com"
    page.goto("/?book=3&like=3")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator("h1 a, h1 em, h1 strong, h1 img, h1 .katex, a[href^=javascript]").count() == 0
    page.get_by_role("navigation").get_by_role("link", name="For you").click()
    button = page.locator(".st-key-off-3 button")
    expect(button).to_be_visible()
    assert button.inner_text().replace("\u2060", "") == f"{title} ✕"


def test_the_keyboard_alone_leads_from_the_search_to_the_book(page: Page) -> None:
    page.goto("/?q=good")
    link = page.get_by_role("link", name="Good Omens")
    expect(link).to_be_visible()
    page.get_by_label("Title, author or ISBN").focus()
    for _ in range(3):  # The box, perhaps its button that clears it, the first result.
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good Omens")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Booklake"),
        ("/?q=potter", "potter · Booklake"),
        ("/?page=for-you&like=1", "For you · Booklake"),
        ("/?page=explore", "Explore · Booklake"),
        ("/?page=trust", "Trust · Booklake"),
    ],
)
def test_the_tab_is_named_by_the_page_in_it(page: Page, path: str, title: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_title(title)


def test_a_narrow_ledger_keeps_each_number_in_its_column(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto("/?page=trust")
    expect(page.locator(".ledger")).to_be_visible()
    head, number = page.get_by_role("columnheader", name="Not taken"), page.get_by_role("link", name="Show 1 rows: no_title")
    edges = [found.evaluate("element => element.closest('th, td').getBoundingClientRect().right") for found in (head, number)]
    assert edges[0] == edges[1]


@pytest.mark.parametrize(
    "path", ["/?q=potter", "/?book=3", "/?page=for-you&like=1,3&dislike=4", "/?page=explore", "/?page=trust"]
)
def test_a_narrow_screen_is_not_scrolled_sideways(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
