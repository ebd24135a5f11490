"""What Ctrl-C and its like do to a command: one signal ends it in order, and is not lost. How a run ends belongs to runs."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import NoReturn

# A closed terminal, Ctrl-C, and what `kill`, supervisors and shutdowns send.
STOPPING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
NAMES = {signal.SIGHUP: "the end of its terminal", signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM"}


# What shells call a process that a signal ended: 130 for Ctrl-C.
EXIT_CODES = {128 + number: number for number in STOPPING}


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end; ``number`` says which."""

    def __init__(self, number: int) -> None:
        self.number = signal.Signals(number)
        super().__init__(f"Stopped by {NAMES[self.number]}.")

    @property
    def exit_code(self) -> int:
        """What the process ends with."""
        return 128 + self.number


def stopping_in_order() -> AbstractContextManager[None]:
    """Have each of the signals raise ``Stopped``, so that what is open is closed; what is ignored stays so, as under nohup."""
    return _answering(_raise)


def ignoring_signals() -> AbstractContextManager[None]:
    """Ignore each of the signals, for an end in order that a second one must not cut short: say the one that make passes on."""
    return _answering(signal.SIG_IGN)


@contextmanager
def noticing_signals() -> Iterator[Callable[[], Stopped | None]]:
    """Give a function that tells what has asked this process to end meanwhile, None where nothing has.

    Others may put handlers of their own in the place of ours and lose a signal: Dagster between its steps, dbt as an error of its
    own. The interpreter writes each one down before any of them is called.
    """
    if not _is_main():
        yield lambda: None
        return
    read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    seen = bytearray()

    def asked() -> Stopped | None:
        with suppress(BlockingIOError):
            seen.extend(os.read(read, 1024))
        return next((Stopped(number) for number in seen if number in STOPPING), None)

    try:
        yield asked
    finally:
        signal.set_wakeup_fd(before)
        os.close(write)
        os.close(read)


def leave(code: int) -> NoReturn:
    """End this process at once: all that has to be put away is, and threads of libraries that still work are not waited for."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


@contextmanager
def _answering(answer: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    """Answer each of the signals so until the block ends. Only a process's main thread can, and what is ignored stays ignored."""
    standing = {number: signal.getsignal(number) for number in STOPPING} if _is_main() else {}
    ours = [number for number, handler in standing.items() if handler is not None and handler is not signal.SIG_IGN]
    for number in ours:
        signal.signal(number, answer)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, standing[number])


def _raise(number: int, _frame: object) -> None:
    raise Stopped(number)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
