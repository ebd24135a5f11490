"""Gives every port of a file of settings a number that nobody listens on: `free_ports.py FILE`. For the rehearsal alone."""

import re
import socket
import sys
from contextlib import ExitStack
from pathlib import Path


def main(file: Path) -> None:
    """Write the file anew with free ports, all different."""
    with ExitStack() as held:

        def free(found: re.Match[str]) -> str:
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            return f"{found[1]}={probe.getsockname()[1]}"

        file.write_text(re.sub(r"^(\w+_PORT)=\d+$", free, file.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")


main(Path(sys.argv[1]))
