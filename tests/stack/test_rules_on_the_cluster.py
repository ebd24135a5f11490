"""The transforms' own tests, literal rows and all, with Spark's server in the place of Sail."""

import subprocess
import sys

import pytest

from elt_pipeline.settings import ROOT
from tests.support.real_stack import COMMAND_SECONDS, RealStack

pytestmark = pytest.mark.stack


def test_every_rule_gives_on_the_cluster_what_it_gives_on_sail(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        environment = real_stack.environment | {"BOOKLAKE_TESTS_SPARK": str(servers.pipeline.spark_remote)}
    command = [sys.executable, "-m", "pytest", "--exitfirst", "-p", "no:cacheprovider", "tests/elt_pipeline/transforms"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=2 * COMMAND_SECONDS
    )
    # Not 0 either where no test was found.
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
