"""Tests of asking: errors become sentences, and what a publication has just replaced is asked for once more."""

from dataclasses import dataclass

import psycopg
import pytest
from psycopg import errors

from catalogue.asking import CatalogueUnavailable, asking
from catalogue.connecting import connect
from elt_pipeline.storage.postgres.warehouse import Warehouse


@dataclass(frozen=True)
class Call:
    attempt: int


FAILS_AT_FIRST = """
drop function if exists moved_away;
drop sequence if exists calls;
create sequence calls;  -- Counts on where the statement that asked it fails.
create function moved_away(failure_count int, code text) returns bigint language plpgsql as $$
declare attempt bigint := nextval('calls');
begin
    if attempt <= failure_count then raise exception 'function of a dropped schema' using errcode = code; end if;
    return attempt;
end $$;
grant usage on sequence calls to booklake_app;
"""


def ask_for_what_moved(warehouse: Warehouse, failure_count: int, code: str) -> Call | None:
    with warehouse.connect("owner") as owner:
        owner.execute(FAILS_AT_FIRST)
    with connect(warehouse.url_for("app").get_secret_value()) as connection, asking(connection, Call) as question:
        asked = {"failure_count": failure_count, "code": code}
        return question.execute("select moved_away(%(failure_count)s, %(code)s) as attempt", asked).fetchone()


@pytest.mark.parametrize("code", ["42883", "42P01", "3F000", "XX000"])
def test_what_a_publication_replaced_is_asked_for_once_more(published: Warehouse, code: str) -> None:
    assert ask_for_what_moved(published, failure_count=1, code=code) == Call(2)


def test_what_is_still_missing_at_the_second_try_is_unavailable(published: Warehouse) -> None:
    with pytest.raises(CatalogueUnavailable, match="not been published"):
        ask_for_what_moved(published, failure_count=2, code="42P01")


def test_another_error_is_not_asked_again(published: Warehouse) -> None:
    with pytest.raises(CatalogueUnavailable, match="could not answer"):
        ask_for_what_moved(published, failure_count=1, code="22012")


def test_a_question_that_takes_too_long_says_so(published: Warehouse) -> None:
    with connect(published.url_for("app").get_secret_value()) as connection:
        connection.execute("set statement_timeout = '20ms'")
        with pytest.raises(CatalogueUnavailable, match="too long"), asking(connection, Call) as question:
            question.execute("select pg_sleep(10)")


def test_a_role_without_the_right_to_read_says_so(published: Warehouse) -> None:
    with (
        connect(published.url_for("loader").get_secret_value()) as connection,
        pytest.raises(CatalogueUnavailable, match="does not let this user"),
        asking(connection, Call) as question,
    ):
        question.execute("select work_id as attempt from recommendations.books")


def test_a_sentence_for_people_leaves_out_the_driver_s_words() -> None:
    told = CatalogueUnavailable.because_of(psycopg.OperationalError('password "hush" for user "app" at db.example'))
    assert str(told) == "The database cannot be reached or refused the login: `booklake doctor` tells which and names the fix."


def test_every_error_of_the_driver_has_its_sentence() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, psycopg.Error)]
    assert all(str(CatalogueUnavailable.because_of(kind())).endswith(".") for kind in kinds)
