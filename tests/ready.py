"""Processes that have the program loaded when they start: forked from one that loaded it.

Loading it takes two seconds of a processor, and the tests start it a hundred times. What loading
costs and brings is proved where it is started plainly: under `faults`, in the benchmarks, and by
the journey whose plug is pulled.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import reduction
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any


class _Handle:
    """A file's number, which the process that it is handed to has under another."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken, (reduction.DupFd(self.number),)


def _taken(handed: Any) -> _Handle:
    return _Handle(handed.detach())


@dataclass(frozen=True, slots=True)
class Start:
    """A module to run as a program, and what it finds."""

    module: str
    arguments: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    streams: tuple[_Handle, _Handle, _Handle]
    has_terminal: bool


@cache
def _context() -> ForkServerContext:
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.loaded"])
    return made


def begin(start: Start) -> BaseProcess:
    """The program, running."""
    process = _context().Process(target=_become, args=(start,), daemon=True)
    process.start()
    return process


def at_terminal(
    module: str, arguments: Sequence[str], *, terminal: int, env: Mapping[str, str], cwd: Path
) -> BaseProcess:
    """The program at a terminal, which is the other end of a pseudo-terminal."""
    streams = (_Handle(terminal), _Handle(terminal), _Handle(terminal))
    return begin(Start(module, tuple(arguments), dict(env), cwd, streams, has_terminal=True))


def run(
    module: str, arguments: Sequence[str], *, given: str, env: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """What the program said to what was given to it, once it has ended; after two minutes it is
    killed."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
    ):
        said.write(given)
        said.flush()
        said.seek(0)
        streams = (_Handle(said.fileno()), _Handle(out.fileno()), _Handle(err.fileno()))
        start = Start(module, tuple(arguments), dict(env), cwd, streams, has_terminal=False)
        process = begin(start)
        process.join(120)
        process.kill()
        process.join()
        out.seek(0)
        err.seek(0)
        code = process.exitcode if process.exitcode is not None else -1
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


def _become(start: Start) -> None:
    """In the new process: be that program."""
    os.setsid()
    for number, handed in enumerate(start.streams):
        os.dup2(handed.number, number)
    for handed in start.streams:
        os.close(handed.number)
    if start.has_terminal:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.clear()
    os.environ.update(start.env)
    os.chdir(start.cwd)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream = os.fdopen(number, mode, encoding="utf-8", closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = [start.module, *start.arguments]
    runpy.run_module(start.module, run_name="__main__", alter_sys=True)
