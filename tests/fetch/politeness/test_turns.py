"""Who goes next: what is quick before what is slow, and none of them for ever."""

import asyncio
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.politeness.turns import Lane, Queue, Slots, Ticket, Turn

QUICK, NEW, SLOW = Turn(Lane.QUICK, 0.2), Turn(Lane.NEW), Turn(Lane.SLOW, 8)


def filled(queue: Queue, *turns: Turn, host: str = "") -> list[Ticket]:
    """Let these wait, each of a host of its own where none is named."""
    tickets = [Ticket(host or f"host {number} {turn}", turn) for number, turn in enumerate(turns)]
    for ticket in tickets:
        queue.add(ticket)
    return tickets


def test_a_person_goes_before_what_was_quick_and_that_before_what_nobody_knows() -> None:
    queue = Queue(1, 1, 1)
    new, slower, quick, person = filled(queue, NEW, Turn(Lane.QUICK, 0.9), QUICK, Turn())
    order = []
    while let_in := queue.let_in():
        order += let_in
        queue.leave(let_in[0])
    assert order == [person, quick, slower, new]


def test_slow_ones_have_slots_of_their_own_and_no_others() -> None:
    queue = Queue(4, 2, 9)
    filled(queue, *[SLOW] * 100)
    assert len(queue.let_in()) == 2
    quick = filled(queue, *[QUICK] * 4)
    assert queue.let_in() == quick


def test_slow_ones_go_on_however_many_quick_ones_come() -> None:
    queue = Queue(2, 1, 9)
    slow = filled(queue, *[SLOW] * 5)
    went: list[Ticket] = []
    for _ in range(5):
        filled(queue, QUICK, QUICK, QUICK)
        for ticket in queue.let_in():
            went += [ticket] if ticket.is_slow else []
            queue.leave(ticket)
    assert went == slow


def test_a_host_with_hundreds_of_sources_takes_no_more_than_its_share() -> None:
    queue = Queue(4, 2, 2)
    many = filled(queue, *[QUICK] * 300, host="many.example")
    other = filled(queue, NEW, NEW)
    assert queue.let_in() == [*many[:2], *other]
    queue.leave(many[0])
    assert queue.let_in() == [many[2]]


def test_one_that_gives_up_waiting_leaves_its_place_to_the_next_of_its_host() -> None:
    queue = Queue(2, 1, 1)
    first, second, third = filled(queue, QUICK, QUICK, QUICK, host="one.example")
    assert queue.let_in() == [first]
    queue.leave(second)
    queue.leave(first)
    assert queue.let_in() == [third]


def test_what_does_not_give_its_slot_back_is_put_beside_the_slots() -> None:
    queue = Queue(1, 1, 9, parked=1)
    silent, good, late = filled(queue, NEW, NEW, NEW)
    queue.let_in()
    assert queue.park(silent)
    assert queue.let_in() == [good]
    assert not queue.park(good)
    assert queue.longest_parked() is silent
    queue.leave(silent)
    assert queue.park(good)
    assert queue.let_in() == [late]


@given(
    st.lists(st.tuples(st.sampled_from(list(Lane)), st.integers(0, 3), st.integers(0, 2)), max_size=60),
    st.randoms(use_true_random=False),
)
def test_no_limit_is_ever_passed_and_all_have_their_turn(asked: list[tuple[Lane, int, int]], random: Random) -> None:
    queue = Queue(3, 2, 2, parked=2)
    for lane, host, seconds in asked:
        queue.add(Ticket(str(host), Turn(lane, seconds)))
    running: list[Ticket] = []
    done = 0
    while let_in := queue.let_in():
        running += let_in
        while running:
            here = [ticket for ticket in running if ticket.state == "runs"]
            assert sum(not ticket.is_slow for ticket in here) <= 3
            assert sum(ticket.is_slow for ticket in here) <= 2
            assert all(sum(ticket.host == str(host) for ticket in running) <= 2 for host in range(4))
            ticket = random.choice(running)
            if random.random() < 0.3 and ticket.state == "runs" and queue.park(ticket):
                running += queue.let_in()
                continue
            running.remove(ticket)
            queue.leave(ticket)
            done += 1
            running += queue.let_in()
    assert done == len(asked)
    assert queue.waiting == 0


async def test_a_slot_that_is_held_in_silence_holds_up_the_next_for_a_moment_only() -> None:
    slots = Slots(1, few=1, per_host=9, parked=4)
    ended = asyncio.Event()

    async def silent() -> None:
        async with slots.slot("silent.example", NEW):
            await ended.wait()

    tasks = [asyncio.create_task(silent()) for _ in range(4)]
    await asyncio.sleep(0)
    async with asyncio.timeout(5), slots.slot("good.example", NEW):
        ended.set()
    await asyncio.gather(*tasks)


async def test_those_that_came_first_hold_up_the_many_behind_them_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waited when they began: for a second they had their slots to themselves, whoever came then."""
    monkeypatch.setattr("reader.fetch.politeness.turns._LONGEST_PATIENCE", 60.0)
    slots = Slots(24, few=8, per_host=9, parked=96)
    ended = asyncio.Event()

    async def silent(number: int) -> None:
        async with slots.slot(f"silent{number}.example", NEW):
            await ended.wait()

    tasks = [asyncio.create_task(silent(number)) for number in range(24)]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(silent(number)) for number in range(24, 48)]
    await asyncio.sleep(0)
    async with asyncio.timeout(5), slots.slot("good.example", NEW):
        ended.set()
    await asyncio.gather(*tasks)


async def test_where_no_room_is_left_the_one_that_held_it_longest_is_sent_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.fetch.politeness.turns._RUNS_AT_LEAST", 0.0)
    slots = Slots(1, few=1, per_host=9, parked=1)
    order: list[str] = []

    async def silent(name: str) -> None:
        ended = asyncio.Event()
        async with slots.slot(name, NEW) as held:
            held.end = ended.set
            await ended.wait()
            order.append(name)
            assert held.sent_back

    tasks = [asyncio.create_task(silent(name)) for name in ("first", "second")]
    await asyncio.sleep(0)
    async with asyncio.timeout(5), slots.slot("good.example", NEW):
        assert order[0] == "first"
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_who_waits_no_longer_leaves_no_hole() -> None:
    slots = Slots(1, few=1, per_host=1)
    async with slots.slot("a", QUICK):
        waiting = asyncio.create_task(slots.slot("a", QUICK).__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(5), slots.slot("a", QUICK) as held:
        assert held.beside == 0
