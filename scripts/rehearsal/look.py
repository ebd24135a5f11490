"""Asks the servers of the rehearsal what they did, by the ports in the environment; ends with 1 where they did not."""

import json
import os
import sys
from typing import Any
from urllib.request import Request, urlopen


def ask(port: str, path: str, question: dict[str, str] | None = None) -> Any:
    """Return what a server on this machine answers, read as JSON."""
    body = json.dumps(question).encode() if question else None
    request = Request(f"http://127.0.0.1:{os.environ[port]}{path}", data=body, headers={"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as answer:  # noqa: S310 -- by http alone
        return json.load(answer)


master = ask("SPARK_MASTER_UI_PORT", "/json/")
alive = sum(worker["state"] == "ALIVE" for worker in master["workers"])
application = ask("SPARK_DRIVER_UI_PORT", "/api/v1/applications")[0]
jobs = ask("SPARK_DRIVER_UI_PORT", f"/api/v1/applications/{application['id']}/jobs")
runs = ask("DAGIT_PORT", "/graphql", {"query": "{runsOrError{... on Runs{results{jobName status}}}}"})["data"]["runsOrError"][
    "results"
]
nodes = ask("DAGIT_PORT", "/graphql", {"query": "{assetNodes{id}}"})["data"]["assetNodes"]
print(f"        Spark: {alive} worker(s), {len(jobs)} jobs of {application['name']}. Dagit: {len(nodes)} assets, runs {runs}")
done = alive >= 1 and jobs and all(job["status"] == "SUCCEEDED" for job in jobs)
sys.exit(not (done and nodes and runs and all(run["status"] == "SUCCESS" for run in runs)))
