"""Ten thousand pages made worse, each through the workers: `python benchmarks/mutated_pages.py`.

Takes our own synthetic pages and, where they lie beside the checkout, the corpora's, mutates them by a seed, and
extracts each in a worker. Holds that nothing is raised but NotAPage, that no page takes 2 s of CPU or 300 MB above what
its worker had at its start, and that the article holds nothing that acts. Exits 1 where one does not hold. A page
is made again by its number and the same seed and bases:

    python benchmarks/mutated_pages.py --only 4711 [--save page.html] [--profile]
"""

import argparse
import asyncio
import cProfile
import pstats
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.extract.mutated import mutated_pages as mutated


def told(page: mutated.Mutated, outcome: mutated.Outcome) -> str:
    """One line about one page."""
    return (
        f"{page.number:6} {outcome.seconds:6.2f} s {outcome.growth / 1e6:5.0f} MB {outcome.size:>10,} B "
        f"{outcome.how[:12]:12} {'+'.join(page.done)} on {page.base}"
    )


async def go_through(bases: dict[str, bytes], seed: int, numbers: list[int], workers: int, memory: int) -> int:
    """Examine the pages and tell; return how many have faults."""
    began = time.monotonic()
    seen: list[tuple[mutated.Mutated, mutated.Outcome]] = []
    faulty = 0
    pages = (mutated.make(bases, seed, number) for number in numbers)
    async for page, outcome in mutated.run(pages, workers=workers, memory=memory):
        if outcome.faults:
            faulty += 1
            print(told(page, outcome))
            for fault in outcome.faults[:5]:
                print(f"         {fault}")
            sys.stdout.flush()
        seen.append((replace(page, body=b""), outcome))  # the bodies of all would be gigabytes
        if len(seen) % 500 == 0:
            print(
                f"{len(seen):,} of {len(numbers):,}, {faulty} with faults, {time.monotonic() - began:.0f} s", flush=True
            )
    print("\nslowest")
    for page, outcome in sorted(seen, key=lambda pair: -pair[1].seconds)[:10]:
        print(told(page, outcome))
    print("largest growth")
    for page, outcome in sorted(seen, key=lambda pair: -pair[1].growth)[:10]:
        print(told(page, outcome))
    print("slowest for markdown-it, and to check")
    for page, outcome in sorted(seen, key=lambda pair: -pair[1].parsing)[:5]:
        print(f"{outcome.parsing:6.2f} s {told(page, outcome)}")
    hows = Counter(outcome.how for _, outcome in seen)
    print(f"\n{len(seen):,} pages, seed {seed}: {', '.join(f'{how} {count}' for how, count in hows.most_common())}")
    print(f"{faulty} with faults")
    return faulty


def alone(page: mutated.Mutated, save: str | None, profile: bool) -> None:
    """Make one page again: save it, and tell what takes long over it."""
    if save:
        Path(save).write_bytes(page.body)
        print(f"{save}: {len(page.body):,} bytes, encoding {page.encoding!r}, {page.url}")
    if profile:
        with cProfile.Profile() as profiler:
            mutated.examine(page.body, page.url, page.encoding)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> int:
    """Make, examine, tell; say by the exit code whether all holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first page")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", type=int, default=1024, help="megabytes a worker may map above its start")
    parser.add_argument("--own", action="store_true", help="our own pages only")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", type=lambda text: [int(number) for number in text.split(",")], help="these numbers")
    parser.add_argument("--save", help="with --only: write the page there")
    parser.add_argument("--profile", action="store_true", help="with --only: where its time goes")
    asked = parser.parse_args()
    bases = mutated.own_pages()
    if not asked.own:
        found = mutated.shared_pages(asked.shared)
        print(f"{len(bases)} pages of our own, {len(found)} of {asked.shared}" if found else "our own pages only")
        bases |= found
    numbers = asked.only or list(range(asked.first, asked.first + asked.pages))
    for number in asked.only or ():
        alone(mutated.make(bases, asked.seed, number), asked.save, asked.profile)
    memory = asked.memory * 1_000_000
    return int(asyncio.run(go_through(bases, asked.seed, numbers, asked.workers, memory)) > 0)


if __name__ == "__main__":
    sys.exit(main())
