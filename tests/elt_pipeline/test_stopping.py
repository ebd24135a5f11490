"""Ctrl-C and its like end a refresh in order, at whatever moment they come, and the next one is right."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import pytest
from click.testing import CliRunner

from elt_pipeline.cli import main
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.runs import refresh
from elt_pipeline.stopping import STOPPING, Stopped, ignoring_signals, noticing_signals, stopping_in_order
from tests.support.booklake import Booklake


@contextmanager
def signal_at(line: str, number: signal.Signals) -> Iterator[None]:
    """Send this process the signal as soon as the refresh logs a line that begins so."""
    log = logging.getLogger("booklake")
    level = log.level

    def send(record: logging.LogRecord) -> bool:
        if record.getMessage().strip().startswith(line):
            os.kill(os.getpid(), number)
        return True

    log.addFilter(send)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeFilter(send)
        log.setLevel(level)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_says_what_it_was_and_has_its_own_exit_code(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stopping_in_order(), pytest.raises(Stopped, match="Stopped by ") as stopped:
        signal.raise_signal(number)
    assert stopped.value.exit_code == 128 + number
    assert signal.getsignal(number) is before


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping_in_order():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_signals_are_ignored_while_servers_are_ended_and_answered_as_before_afterwards() -> None:
    with stopping_in_order():
        with ignoring_signals():
            for number in STOPPING:
                signal.raise_signal(number)
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGTERM)


def test_a_signal_that_another_handler_keeps_to_itself_is_noticed() -> None:
    with noticing_signals() as asked_to_end:
        assert asked_to_end() is None
        before = signal.signal(signal.SIGTERM, lambda *_: None)
        signal.raise_signal(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)
        stopped = asked_to_end()
        assert stopped is not None
        assert stopped.number is signal.SIGTERM
        assert asked_to_end() is not None


def test_a_refresh_that_a_signal_ends_is_recorded_as_failed_and_the_next_one_is_right(changing: Booklake) -> None:
    changing.change_source("update book set Name = Name || '!' where Id in (select Id from book limit 5)")
    for line, number in (("bronze.books", signal.SIGINT), ("silver.editions", signal.SIGTERM), ("silver.works", signal.SIGINT)):
        with stopping_in_order(), signal_at(line, number), pytest.raises(Stopped) as stopped:
            refresh(changing.settings)
        assert stopped.value.number is number
        with open_instance(changing.settings) as instance:
            assert instance.get_runs(limit=1)[0].status is dg.DagsterRunStatus.FAILURE
        assert changing.ask("select outcome from ops.runs order by started_at desc limit 1") == [("failed",)]
    told = "select asset, outcome from ops.timings where run_id = (select run_id from ops.runs order by started_at desc limit 1)"
    assert ("silver.works", "failed") in changing.ask(told)


def test_ctrl_c_ends_a_command_with_a_sentence_and_its_own_code(changing: Booklake) -> None:
    changing.change_source("update book set Name = Name || '!' where Id in (select Id from book limit 5)")
    with signal_at("Refreshing", signal.SIGINT):
        result = CliRunner().invoke(main, ["--env-file=", "refresh"], env={"VAR_DIR": str(changing.settings.var)})
    assert result.exit_code == 130
    assert result.output.endswith(
        "Stopped by Ctrl-C. Nothing half-written is published: run it again, it goes on from where it was.\n"
    )


def test_a_process_that_leaves_waits_for_no_thread_and_loses_no_line() -> None:
    script = "import threading; from elt_pipeline.stopping import leave\n"
    script += "threading.Thread(target=threading.Event().wait).start(); print('told'); leave(130)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (130, "told\n")
