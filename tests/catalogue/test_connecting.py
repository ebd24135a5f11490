"""Tests of connections: kept and lent, replaced after a restart, and unharmed by a publication."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from catalogue.asking import CatalogueUnavailable
from catalogue.book import find_book
from catalogue.connecting import ConnectionPool, connect
from catalogue.search import search_books
from elt_pipeline.storage.postgres.next_schema import finish_next, start_next
from elt_pipeline.storage.postgres.publication import publish
from elt_pipeline.storage.postgres.warehouse import Warehouse


@pytest.fixture
def url(published: Warehouse) -> str:
    return published.url_for("app").get_secret_value()


def test_a_connection_is_kept_for_the_next_asker(url: str) -> None:
    pool = ConnectionPool(url)
    with pool.lend() as first:
        pass
    with pool.lend() as second:
        assert second is first
    pool.close()
    assert first.closed


def test_two_askers_at_once_have_two_connections(url: str) -> None:
    pool = ConnectionPool(url)
    with pool.lend() as first, pool.lend() as second:
        assert first is not second
    pool.close()


def test_a_connection_that_the_server_cut_is_replaced(published: Warehouse, url: str) -> None:
    pool = ConnectionPool(url)
    with pool.lend() as before, published.connect("owner") as owner:
        owner.execute("select pg_terminate_backend(%s, 5000)", [before.info.backend_pid])
    with pool.lend() as after:
        assert [book.work_id for book in search_books(after, "good omens")] == [5]
    pool.close()


@pytest.mark.parametrize("address", ["postgresql://app:hush@127.0.0.1:1/none", "no address"])
def test_a_database_that_is_not_there_is_unavailable_without_a_secret_in_the_words(address: str) -> None:
    with pytest.raises(CatalogueUnavailable, match=r"cannot be reached|could not answer") as caught:
        connect(address)
    assert "hush" not in str(caught.value)


def publish_by_hand(warehouse: Warehouse) -> None:
    made = Path(__file__).with_name("published.sql").read_text(encoding="utf-8")
    coming = re.sub(
        "(create table|alter table|update|insert into|create function|schema) recommendations", r"\1 recommendations_next", made
    )
    start_next(warehouse, "recommendations")
    with warehouse.connect("owner") as owner:
        owner.execute(b"set check_function_bodies = off;" + coming.encode())
    finish_next(warehouse, "recommendations", "by hand", "run")
    publish(warehouse, "run", lambda _: None)


def test_readers_notice_nothing_of_publications(empty_warehouse: Warehouse) -> None:
    publish_by_hand(empty_warehouse)
    published, url = Event(), empty_warehouse.url_for("app").get_secret_value()

    def read() -> set[tuple[int, ...]]:
        answers: set[tuple[int, ...]] = set()
        with connect(url) as connection:
            while not published.is_set():
                book = find_book(connection, 2)
                answers.add((book.work_id if book else 0, *(found.work_id for found in search_books(connection, "potter"))))
        return answers

    with ThreadPoolExecutor() as threads:
        readers = [threads.submit(read) for _ in range(3)]
        try:
            for _ in range(6):
                publish_by_hand(empty_warehouse)
        finally:
            published.set()
        assert [reader.result() for reader in readers] == [{(2, 2, 1)}] * 3
