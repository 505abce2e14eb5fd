"""See the folder's own words."""

import argparse
import sys
from pathlib import Path

from tests.fuzz.running import examine, input_of, run
from tests.fuzz.subjects import SUBJECTS


def main() -> int:
    """Run, or repeat; say by the exit code whether all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("file", nargs="?", type=Path, help="one input, from a file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one input, by its number")
    parser.add_argument("--seconds", type=float, help="of CPU, for a run")
    parser.add_argument("--count", type=int, help="how many inputs, for a run")
    parser.add_argument("--floods", action="store_true", help="each piece that the parser knows, very often")
    given = parser.parse_args()
    subject = SUBJECTS[given.subject]
    if given.file is not None or given.only is not None:
        data = given.file.read_bytes() if given.file is not None else input_of(subject, given.seed, given.only)
        came, share, wrong = examine(subject, data)
        sys.stdout.write(
            f"{len(data):,} bytes, {share:.0%} of its time\n{came[:2000]!r}\n{wrong or 'nothing is wrong'}\n"
        )
        return 1 if wrong else 0
    seconds = given.seconds or (None if given.count or given.floods else 60.0)
    done = run(subject, given.seed, seconds=seconds, count=given.count)
    sys.stdout.write("\n".join((str(done), f"digest {done.digest}", *done.faults)) + "\n")
    return 1 if done.faults else 0


if __name__ == "__main__":
    sys.exit(main())
