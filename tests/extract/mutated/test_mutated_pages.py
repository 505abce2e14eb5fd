"""A hundred and twenty of the pages of benchmarks/mutated_pages.py: our own, made worse, through the workers."""

from collections import Counter

from tests.extract.mutated import mutated_pages as mutated
from tests.extract.mutated.mutations import HEAVY, MUTATIONS

SEED, PAGES, HEAVY_OF_A_KIND = 5, 120, 1


def chosen() -> list[mutated.Mutated]:
    """The first pages of the seed that have every mutation, but few of those that make megabytes: they take long."""
    bases = mutated.own_pages()
    pages: list[mutated.Mutated] = []
    seen: Counter[str] = Counter()
    number = -1
    while len(pages) < PAGES:
        number += 1
        page = mutated.make(bases, SEED, number)
        heavy = HEAVY.intersection(page.done)
        if all(seen[name] < HEAVY_OF_A_KIND for name in heavy):
            seen.update(heavy)
            pages.append(page)
    return pages


async def test_mutated_pages_are_read_in_bounds_or_are_no_pages() -> None:
    pages = chosen()
    assert set().union(*(page.done for page in pages)) == set(MUTATIONS)
    faulty = [page async for page, outcome in mutated.run(pages, workers=2) if outcome.faults]
    # Once more, one by one: a machine that does much else can make a page seem slow once.
    found = [(page, outcome) async for page, outcome in mutated.run(faulty, workers=1) if outcome.faults]
    assert not [f"--own --seed {SEED} --only {page.number}: {page.done} {outcome.faults}" for page, outcome in found]


def test_a_page_is_the_same_when_it_is_made_again() -> None:
    bases = {name: page for name, page in mutated.own_pages().items() if "/" not in name}
    assert [mutated.make(bases, 1, number) for number in range(60)] == [
        mutated.make(bases, 1, number) for number in range(60)
    ]
