"""Runs a subject on input after input, each within its time, and keeps what shows a fault."""

import itertools
import signal
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from types import FrameType

from tests.extract.mutated.bad_pieces import RUNS
from tests.fuzz.mutations import TEXTS, Mutation, mutate

LARGEST = 150_000
"""Bytes of one input."""
MOST_FAULTS = 10
"""After so many a run ends: most are one fault over and over."""
BASE = 1.0
"""Seconds of CPU that any input may take, on a machine that does much else."""
EACH_BYTE = 20e-6
"""Seconds that each of its bytes adds: some ten times what the slowest parser takes for a usual one."""


class TooSlow(BaseException):
    """An input took more than its time. No parser catches it with what it catches of its own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One parser. `check` gives it an input, asserts what must hold, and returns what came of it, as text."""

    name: str
    check: Callable[[bytes], str]
    seeds: Callable[[], tuple[bytes, ...]]
    tokens: tuple[bytes, ...] = ()
    own: tuple[Mutation, ...] = ()
    times: int = 1
    """How often `check` parses its input, which has so much more time."""


@dataclass(slots=True)
class Run:
    """What a run did: its inputs, their bytes, the slowest's share of its time, and each fault in words."""

    subject: str
    seed: int
    inputs: int = 0
    size: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    digest: str = ""
    """Of all that came of the inputs: equal for equal runs, whatever Python's hashes are."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.subject}: {self.inputs:,} inputs, {self.size / 1e6:.0f} MB, {self.seconds:.0f} s, "
            f"seed {self.seed}, slowest {self.slowest:.0%} of its time, {len(self.faults)} faults"
        )


def input_of(subject: Subject, seed: int, number: int) -> bytes:
    """Return input `number` of a seed: the same always."""
    chance = Random(f"{seed}:{subject.name}:{number}")
    return mutate(subject.seeds(), subject.tokens, subject.own, chance)[:LARGEST]


def floods_of(subject: Subject) -> Iterator[bytes]:
    """Each piece that the parser knows, a hundred thousand bytes of it: before, within and behind a usual document.

    What takes time that grows with the square of something shows here.
    """
    document = subject.seeds()[0]
    runs = (run.encode("utf-8", "surrogatepass") for run in RUNS)
    for token in dict.fromkeys((*subject.tokens, *runs, *TEXTS)):
        for at in (0, len(document) // 2, len(document)):
            yield document[:at] + token * (100_000 // len(token)) + document[at:]


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes more CPU time: between two steps of Python, or within a regular expression."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _once(subject: Subject, data: bytes, allowed: float) -> tuple[str, float]:
    began = time.process_time()
    try:
        with _at_most(allowed * 2):
            came = subject.check(data)
    except TooSlow:
        came = "cut off"
    return came, time.process_time() - began


def examine(subject: Subject, data: bytes, *, twice: bool = True) -> tuple[str, float, str]:
    """Return what came of an input, the share of its time that it took, and what is wrong, "" for nothing.

    With `twice` it is given again, and the same must come of it.
    """
    allowed = subject.times * (BASE + len(data) * EACH_BYTE)
    try:
        came, seconds = _once(subject, data, allowed)
        if seconds > allowed:
            _, again = _once(subject, data, allowed)  # once may be the machine's fault
            seconds = min(seconds, again)
        elif twice and (second := _once(subject, data, allowed)[0]) != came:
            return came, seconds / allowed, f"what came of it the second time differs: {second[:200]!r}"
    except Exception as error:  # noqa: BLE001 # whatever it is, it is what we look for
        return "raised", 0.0, _where(error)
    wrong = f"{seconds:.1f} s of CPU for {len(data):,} bytes" if seconds > allowed else ""
    return came, seconds / allowed, wrong


def _where(error: BaseException) -> str:
    """The error, and the last line of ours that it passed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "reader" in file.parts or "fuzz" in file.parts:
            place = f" at {file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:300]}{place}"


def kept(subject: Subject, data: bytes, folder: Path | None) -> str:
    """Write an input to a file, and return the command that gives it again."""
    folder = folder or Path(tempfile.mkdtemp(prefix="newsstand-fuzz-"))
    file = folder / f"{subject.name}-{zlib.crc32(data):08x}"
    file.write_bytes(data)
    return f"python -m tests.fuzz {subject.name} {file}"


def run(
    subject: Subject, seed: int, *, seconds: float | None = None, count: int | None = None, folder: Path | None = None
) -> Run:
    """Give a subject inputs for so many seconds of CPU, or so many inputs; every fourth twice. With neither, its floods
    (`floods_of`).
    """
    done = Run(subject.name, seed)
    digest, seen, began = sha256(), set[str](), time.process_time()
    if seconds is None and count is None:
        inputs = floods_of(subject)
    else:
        inputs = (input_of(subject, seed, number) for number in itertools.count())
    while len(done.faults) < MOST_FAULTS:
        done.seconds = time.process_time() - began
        if (seconds is not None and done.seconds >= seconds) or (count is not None and done.inputs >= count):
            break
        data = next(inputs, None)
        if data is None:
            break
        came, share, wrong = examine(subject, data, twice=done.inputs % 4 == 0)
        digest.update(came.encode("utf-8", "surrogatepass"))
        done.slowest = max(done.slowest, share)
        if wrong and wrong.split(" ")[-1] not in seen:  # the same line of ours again says nothing new
            seen.add(wrong.split(" ")[-1])
            again = kept(subject, data, folder)
            done.faults.append(f"{wrong}\n    input {done.inputs} of seed {seed}; again by: {again}")
        done.inputs += 1
        done.size += len(data)
    done.digest = digest.hexdigest()[:16]
    return done
