"""Tests of links: their address and their words, whatever stands in them."""

from streamlit.testing.v1 import AppTest


def links_of_hostile_words() -> None:
    from streamlit_app.components.links import draw_book_link, draw_search_link  # noqa: PLC0415 -- AppTest runs this text alone

    draw_book_link("<b>\"A\" & 'B'</b>", -7, 'a&b=c"><script>')
    draw_book_link("Dune", 7, "")
    draw_search_link("Ἰλιάς", "Ἰλιάς \ud800")
    draw_search_link("Search", "")


def test_words_of_data_can_neither_leave_the_address_nor_the_label() -> None:
    app = AppTest.from_function(links_of_hostile_words).run()
    assert [html.proto.body for html in app.get("html")] == [
        '<a href="?book=-7&amp;searched=a%26b%3Dc%22%3E%3Cscript%3E" target="_self">'
        "&lt;b&gt;&quot;A&quot; &amp; &#x27;B&#x27;&lt;/b&gt;</a>",
        '<a href="?book=7" target="_self">Dune</a>',
        '<a href="?q=%E1%BC%B8%CE%BB%CE%B9%CE%AC%CF%82+%3F" target="_self">Ἰλιάς</a>',
        '<a href="?" target="_self">Search</a>',
    ]
