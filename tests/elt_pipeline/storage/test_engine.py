"""Sessions of Spark outlive what happens to their server: a signal, a kill -9, a restart."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Timer

import pytest
from pyspark.errors import IllegalArgumentException
from pyspark.sql import SparkSession

from elt_pipeline.storage.engine import close_spark, engine_name, open_spark, telling_if_gone
from elt_pipeline.storage.postgres.postgres_server import free_port
from elt_pipeline.storage.spark_connect import SparkUnavailable, means_gone, reach

SERVER = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer("127.0.0.1", int(sys.argv[1])).start(background=False)
"""
FOR_EVER = "select sum(one.id * other.id % 7) from range(10000000) as one cross join range(10000000) as other"
Serve = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def remote() -> str:
    return f"sc://127.0.0.1:{free_port()}"


@pytest.fixture
def serve(remote: str) -> Iterator[Serve]:
    """Start a Connect server as a process of its own and wait until it answers."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", SERVER, remote.rpartition(":")[2]], stderr=subprocess.DEVNULL))
        while started[-1].poll() is None:
            with suppress(SparkUnavailable):
                reach(remote)
                return started[-1]
        raise ChildProcessError("The server did not start.")

    yield start
    close_spark(remote)
    for process in started:
        process.kill()
        process.wait()


def rows_of(spark: SparkSession, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in spark.sql(statement).collect()]


def test_a_server_killed_in_the_middle_of_a_query_is_told_and_used_again_when_it_is_back(remote: str, serve: Serve) -> None:
    first = serve()
    spark = open_spark(remote)
    Timer(0.3, first.kill).start()
    with pytest.raises(SparkUnavailable, match=r"no longer answers: start it .*SPARK_REMOTE"), telling_if_gone(remote):
        spark.sql(FOR_EVER).collect()
    with pytest.raises(SparkUnavailable, match="does not answer"):
        open_spark(remote)
    serve()
    assert rows_of(open_spark(remote), "select 1") == [(1,)]
    assert open_spark(remote) is open_spark(remote)


def test_a_session_that_its_client_has_closed_is_replaced(remote: str, serve: Serve) -> None:
    serve()
    # What Spark's client does by itself once a server that was started anew does not know its session.
    open_spark(remote).client.close()
    assert rows_of(open_spark(remote), "select 1") == [(1,)]


def test_a_session_that_sail_gave_up_since_nobody_used_it_counts_as_gone() -> None:
    assert means_gone(IllegalArgumentException("invalid argument: session 2f5a75dd is not running"))
    assert not means_gone(IllegalArgumentException("invalid argument: no such function"))


def test_a_mistake_in_a_query_is_no_failure_of_the_server(spark: SparkSession) -> None:
    with pytest.raises(Exception, match="no_such_table"), telling_if_gone(None):
        spark.sql("select * from no_such_table").collect()
    assert open_spark(None) is spark


def test_two_servers_have_each_their_own_session(spark: SparkSession, remote: str, serve: Serve) -> None:
    serve()
    other = open_spark(remote)
    other.range(1).createOrReplaceTempView("only_there")
    assert rows_of(other, "select id from only_there") == [(0,)]
    with pytest.raises(Exception, match="only_there"):
        spark.sql("select id from only_there").collect()
    close_spark(remote)
    assert spark.createDataFrame([(1,)], "id int").collect()[0].id == 1


def test_ctrl_c_leaves_the_engine_in_this_process_alone(spark: SparkSession) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert rows_of(spark, "select 1") == [(1,)]
    assert open_spark(None) is spark


def test_an_engine_is_named_without_anything_secret() -> None:
    assert engine_name(None) == "Sail in this process"
    assert engine_name("sc://127.0.0.1:15002/;token=hidden") == "Spark at 127.0.0.1:15002"
