"""Say what a long run did, by subject, from pytest's JUnit report: how many tests, how long, and what each printed."""

import os
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Subject:
    """The tests of one file."""

    tests: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: int = 0
    seconds: float = 0.0
    printed: list[str] = field(default_factory=list)


def read(report: Path) -> tuple[dict[str, Subject], float]:
    """Return the subjects of a report by the names of their files, and the seconds of the whole run."""
    root = ET.parse(report).getroot()  # noqa: S314 # pytest has just written it
    subjects: dict[str, Subject] = defaultdict(Subject)
    for case in root.iter("testcase"):
        subject = subjects[case.get("classname", "").replace(".", "/") + ".py"]
        subject.tests += 1
        subject.seconds += float(case.get("time", "0"))
        subject.skipped += case.find("skipped") is not None
        if case.find("failure") is not None or case.find("error") is not None:
            subject.failed.append(case.get("name", ""))
        for out in case.iter("system-out"):
            lines = (out.text or "").splitlines()
            subject.printed += [line for line in lines if line.strip() and not line.startswith("---")]
    suite = root.find("testsuite")
    return dict(sorted(subjects.items())), float(suite.get("time", "0")) if suite is not None else 0.0


def summary(subjects: dict[str, Subject], seconds: float) -> str:
    """Return the figures as text."""
    lines = []
    for name, subject in subjects.items():
        told = (
            f"{subject.tests} tests, {len(subject.failed)} failed, {subject.skipped} skipped, {subject.seconds:.0f} s"
        )
        lines += [f"{name}: {told}", *(f"    {line}" for line in subject.printed)]
        lines += [f"    FAILED {one}" for one in subject.failed]
    every = subjects.values()
    lines.append(
        f"in all: {sum(one.tests for one in every)} tests, {sum(len(one.failed) for one in every)} failed, "
        f"{sum(one.skipped for one in every)} skipped, {seconds / 60:.1f} minutes, "
        f"seed {os.environ.get('NEWSSTAND_LONG_SEED', 'of each test')}, load {os.getloadavg()[0]:.1f} at the end"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(summary(*read(Path(sys.argv[1]))))
