"""What a page of the app has drawn, as a reader would see it."""

from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest

BLOCKS = {"p", "h1", "h2", "h3", "li", "td", "th", "tr", "div", "dt", "dd", "summary", "nav"}


class Reader(HTMLParser):
    """Reads the words, block by block, and the links of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.links: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self._to: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in BLOCKS:
            self.blocks.append("")
        if tag == "a":
            self._to = dict(attrs)["href"]
            self.links.append(("", self._to or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.blocks.append("")
        if tag == "a":
            self._to = None

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data
        if self._to is not None:
            label, to = self.links[-1]
            self.links[-1] = (label + data, to)


def read(app: AppTest) -> Reader:
    """Read all HTML that the page has drawn below the masthead."""
    reader = Reader()
    for html in app.get("html"):
        if not html.proto.body.startswith(("<style>", "<header ")):
            reader.feed(html.proto.body)
    return reader


def words(app: AppTest) -> list[str]:
    """The page's words below the masthead, block by block."""
    return [block.strip() for block in read(app).blocks if block.strip()]


def links(app: AppTest) -> list[tuple[str, str]]:
    """The page's links below the masthead: their words and where they lead."""
    return read(app).links
