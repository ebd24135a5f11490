"""Tests of addresses and links: what they carry, whatever stands in it."""

from streamlit.testing.v1 import AppTest


def links_of_hostile_words() -> None:
    from streamlit_app.components import links  # noqa: PLC0415 -- AppTest runs this text alone
    from streamlit_app.components.markup import draw  # noqa: PLC0415

    draw(links.title_link("<b>\"A\" & 'B'</b>", -7, 'a&b=c"><script>'))
    draw(links.title_link("Dune", 7))
    draw(links.link("Ἰλιάς", links.search_address("Ἰλιάς \ud800")))
    draw(links.link("Search", links.search_address("", literally=True)))
    draw(links.link("Exactly", links.search_address("dune", literally=True)))
    draw(links.link("For you", links.address(links.FOR_YOU, {"like": "1,2"})))


def drawn(app: AppTest) -> list[str]:
    return [html.proto.body for html in app.run().get("html")]


def test_words_of_data_can_neither_leave_the_address_nor_the_label() -> None:
    assert drawn(AppTest.from_function(links_of_hostile_words)) == [
        '<a href="/?book=-7&amp;searched=a%26b%3Dc%22%3E%3Cscript%3E" target="_self">'
        '<span dir="auto">&lt;b&gt;&quot;A&quot; &amp; &#x27;B&#x27;&lt;/b&gt;</span></a>',
        '<a href="/?book=7" target="_self"><span dir="auto">Dune</span></a>',
        '<a href="/?q=%E1%BC%B8%CE%BB%CE%B9%CE%AC%CF%82+%3F" target="_self">Ἰλιάς</a>',
        '<a href="/" target="_self">Search</a>',
        '<a href="/?q=dune&amp;spelling=exact" target="_self">Exactly</a>',
        '<a href="/?page=for-you&amp;like=1,2" target="_self">For you</a>',
    ]


def test_links_take_along_what_the_reader_has_picked() -> None:
    app = AppTest.from_function(links_of_hostile_words)
    app.query_params["like"], app.query_params["dislike"] = "12,34", '5"6'
    assert drawn(app)[1] == '<a href="/?like=12,34&amp;dislike=5%226&amp;book=7" target="_self"><span dir="auto">Dune</span></a>'
    assert drawn(app)[5] == '<a href="/?page=for-you&amp;like=1,2&amp;dislike=5%226" target="_self">For you</a>'
