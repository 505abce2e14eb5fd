"""Which entry of a feed is which kept one, when guids, titles and addresses change. Pure: values in, values out.

An entry is told by three things: its guid, its title, its address. Two of them make it the same story; a guid alone
does not, for some papers use one again. Which parameters of an address mean nothing is learned from each document:
where a paper's addresses differ from those of its last visit in one parameter, and nothing else does, the parameter
belongs to the visit (a session, a token, the time); where two of its stories differ in that alone, it tells them apart.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.models import Entry
from reader.store import OldEntry, digest
from reader.text import urls

Names = frozenset[str]
"""Names of parameters, all of which differ between two addresses."""

_MOST_NAMES = 20  # sets of parameters about which a document is asked: each costs a look at all entries
_LINK_IN_GUID = re.compile(r"(?: \d+)? https?://\S*\Z")  # the feed parser writes so where several entries share a guid


class Pairing(NamedTuple):
    """The kept entry of each entry in its order, None for a new one; and the parameters that belong to a visit."""

    found: tuple[OldEntry | None, ...]
    passing: frozenset[Names]

    def is_passing(self, link: str | None, other: str | None) -> bool:
        """Say whether two addresses differ in nothing but parameters of a visit."""
        return bool(link and other) and _difference(_address(link), _address(other)) in self.passing


class _Address(NamedTuple):
    """An address to compare by: `key` is all of it, `place` the page without its parameters."""

    key: str | None
    place: str = ""
    parameters: Mapping[str, str] = {}


def pair(entries: Sequence[Entry], old: Mapping[str, OldEntry], homes: Sequence[str | None] = ()) -> Pairing:
    """Find each entry's kept one; every kept one is found once at most, so what is listed side by side stays apart.

    `old` is by guid; `homes` are addresses at which no story stands, so that sharing one says nothing. The surest pairs
    come first: nothing differs; then two of guid, title and address agree; then an address that lost its `www.` or its
    last slash, or got one; then a guid that changed, where no other has that title and address; then an address whose
    parameters belong to a visit.
    """
    left = dict(old)
    found: dict[int, OldEntry] = {}
    for number, entry in enumerate(entries):
        known = left.get(entry.guid)
        if known is not None and known.digest == digest(entry):
            found[number] = left.pop(entry.guid)
    rest = [(number, entry) for number, entry in enumerate(entries) if number not in found]
    passing: set[Names] = set()
    if rest and left:
        _take(found, left, _surest(entries, rest, old.values(), left.values(), {_key(home) for home in homes}))
        passing = _passing(entries, rest, found, old.values(), left)
        _take(found, left, _of_a_visit([(n, e) for n, e in rest if n not in found], left.values(), passing))
    return Pairing(tuple(found.get(number) for number in range(len(entries))), frozenset(passing))


_Proposal = tuple[tuple[int, int, int, int], int, OldEntry]
"""How sure (the lowest is the surest), the entry's number, and the kept one that it may be."""


def _take(found: dict[int, OldEntry], left: dict[str, OldEntry], proposals: Iterable[_Proposal]) -> None:
    for _, number, known in sorted(proposals, key=lambda proposal: proposal[0]):
        if number not in found and known.guid in left:
            found[number] = left.pop(known.guid)


def _surest(
    entries: Sequence[Entry],
    rest: Sequence[tuple[int, Entry]],
    old: Iterable[OldEntry],
    left: Iterable[OldEntry],
    homes: Container[str | None],
) -> Iterator[_Proposal]:
    shared = {base for known in old if (base := _base(known.guid, known.title)) != _web(known.guid)}
    shared |= {base for _, entry in rest if (base := _base(entry.guid, entry.title)) != _web(entry.guid)}
    bases = {_base(entry.guid, entry.title) for _, entry in rest}
    titles = {_plain(entry.title) for _, entry in rest}
    alike: defaultdict[tuple[str, ...], list[OldEntry]] = defaultdict(list)
    titled = Counter((_plain(known.title), _key(known.link)) for known in old if _plain(known.title) in titles)
    titled_now = Counter((_plain(entry.title), _key(entry.link)) for entry in entries)
    for known in left:
        base, title = _base(known.guid, known.title), _plain(known.title)
        if base in bases:
            for trait in _traits(base, known.guid, title, known.link):
                alike[trait].append(known)
        if title in titles and known.link:
            alike[title, _address(known.link).place].append(known)
    for number, entry in rest:
        base, title = _base(entry.guid, entry.title), _plain(entry.title)
        candidates = {k.id: k for t in _traits(base, entry.guid, title, entry.link) for k in alike.get(t, ())}
        for known in candidates.values():
            rank = _rank(entry, known, shared=base in shared)
            if rank is not None:
                yield (rank, known.guid != entry.guid, number, -known.id), number, known
        here = _address(entry.link)
        at_home = here.key is None or here.key in homes or urls.is_home(here.key)
        for known in () if at_home else alike.get((title, here.place), ()):
            there = _address(known.link)
            if there.parameters != here.parameters:
                continue
            if there.key != here.key:  # `www.` or the last slash came or went
                yield (4, known.guid != entry.guid, number, -known.id), number, known
            elif titled[title, here.key] == titled_now[title, here.key] == 1:  # papers change guids
                yield (5, True, number, -known.id), number, known


def _traits(base: str, guid: str, title: str, link: str | None) -> Iterator[tuple[str, ...]]:
    """What two of one guid may have in common besides."""
    yield ("guid", _web(guid), "")
    yield ("title", base, title)
    yield ("address", base, _key(link) or "")


def _rank(entry: Entry, known: OldEntry, *, shared: bool) -> int | None:
    """How sure it is that two of one guid are one story; None where it is another. `shared`: others have the guid."""
    same_guid = _web(entry.guid) == _web(known.guid)
    same_title = _plain(entry.title) == _plain(known.title)
    same_address = _key(entry.link) == _key(known.link)
    if same_title and same_address:
        return 0
    if (
        entry.link
        and same_address
        and (same_guid or _LINK_IN_GUID.search(entry.guid) or _LINK_IN_GUID.search(known.guid))
    ):
        return 1
    if same_title and same_guid:
        return 2
    # An address that was not there yet, or is gone, is not another one; the title was mended, the text was not.
    published = None if entry.published is None else int(entry.published.timestamp())
    same_story = entry.summary == known.summary or (published is not None and published == known.published)
    return 3 if same_guid and not shared and same_story and not (entry.link and known.link) else None


def _passing(
    entries: Sequence[Entry],
    rest: Sequence[tuple[int, Entry]],
    found: Mapping[int, OldEntry],
    old: Iterable[OldEntry],
    left: Mapping[str, OldEntry],
) -> set[Names]:
    """Learn which parameters belong to a visit: in them alone an entry differs from a kept one that is listed no more,
    and no two stories of this source do."""
    learned: set[Names] = set()
    refused: set[Names] = set()
    by_title = _by_title(left.values())
    for number, entry in rest:
        here = _address(entry.link)
        candidates = [found[number]] if number in found else by_title.get(_plain(entry.title), [])
        for known in candidates:
            names = _difference(here, _address(known.link))
            new = names and names not in learned | refused and len(learned | refused) < _MOST_NAMES
            if new and _is_text_of(entry, known):
                (refused if _tell_apart(names, here.place, entries, old) else learned).add(names)
    return learned


def _of_a_visit(
    rest: Sequence[tuple[int, Entry]], left: Iterable[OldEntry], passing: set[Names]
) -> Iterator[_Proposal]:
    """Pairs that differ in parameters of a visit alone; first those that have the guid or the title in common."""
    if not passing:
        return
    kept = list(left)
    by_guid = {known.guid: known for known in kept}
    at: defaultdict[tuple[str, Names, tuple[str, ...]], list[OldEntry]] = defaultdict(list)
    for known in kept:
        there = _address(known.link)
        for names in passing if there.key else ():
            at[there.place, names, _others(there, names)].append(known)
    for number, entry in rest:
        here = _address(entry.link)
        own = by_guid.get(entry.guid)
        candidates = {own.id: own} if own else {}
        for names in passing if here.key else ():
            candidates |= {known.id: known for known in at.get((here.place, names, _others(here, names)), ())}
        for known in candidates.values():
            there = _address(known.link)
            if _difference(here, there) not in passing:
                continue
            # A guid that is no address says itself whether it is the same story, unless its words and its time do.
            guids = known is own or (urls.is_web(entry.guid) and urls.is_web(known.guid))
            if guids or (entry.published is not None and _is_text_of(entry, known)):
                same_title = known is own or _plain(entry.title) == _plain(known.title)
                yield (6 if same_title else 7, known is not own, number, -known.id), number, known


def _by_title(old: Iterable[OldEntry]) -> dict[str, list[OldEntry]]:
    """Kept entries whose address has parameters, by title."""
    by_title: defaultdict[str, list[OldEntry]] = defaultdict(list)
    for known in old:
        if known.link:
            by_title[_plain(known.title)].append(known)
    return by_title


def _is_text_of(entry: Entry, known: OldEntry) -> bool:
    """Say whether title, summary and time of publication are the same."""
    published = int(entry.published.timestamp()) if entry.published else None
    return (_plain(entry.title), entry.summary, published) == (_plain(known.title), known.summary, known.published)


def _tell_apart(names: Names, place: str, entries: Sequence[Entry], old: Iterable[OldEntry]) -> bool:
    """Say whether two stories at this place, of one visit or of differing titles, differ in these names only."""
    seen: dict[tuple[str, ...], set[str]] = defaultdict(set)

    def others(link: str | None) -> tuple[str, ...] | None:
        address = _address(link)
        if address.place != place:
            return None
        return _others(address, names)

    for entry in entries:
        rest = others(entry.link)
        if rest is not None:
            seen[rest].add(_key(entry.link) or "")
    if any(len(keys) > 1 for keys in seen.values()):
        return True
    titles: dict[tuple[str, ...], str] = {}
    visits: dict[tuple[object, ...], str] = {}
    for known in old:
        rest = others(known.link) if known.link else None
        if rest is None:
            continue
        title, key = _plain(known.title), _key(known.link) or ""
        if titles.setdefault(rest, title) != title or visits.setdefault((known.first_seen, *rest), key) != key:
            return True
    return False


def _others(address: _Address, names: Names) -> tuple[str, ...]:
    """The parameters of an address but for those of these names."""
    return tuple(sorted(f"{name}={value}" for name, value in address.parameters.items() if name not in names))


def _difference(one: _Address, other: _Address) -> Names:
    """The parameters in which two addresses of one place differ; none where they are one, or differ in more."""
    if not one.key or one.place != other.place:
        return frozenset()
    names = one.parameters.keys() | other.parameters.keys()
    return frozenset(name for name in names if one.parameters.get(name) != other.parameters.get(name))


@urls.remembered(4096)
def _parted(link: str) -> _Address:
    return _Address(urls.page_key(link), *urls.parted(link))


def _address(link: str | None) -> _Address:
    return _parted(link) if link else _Address(None)


def _key(link: str | None) -> str | None:
    return urls.page_key(link) if link else None


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _web(guid: str) -> str:
    """A guid as it is compared: where it is an address, http is https."""
    return f"https:{guid[5:]}" if guid.startswith("http:") else guid


def _base(guid: str, title: str) -> str:
    """A guid without the link or the title that the feed parser put into it."""
    return _web(_LINK_IN_GUID.sub("", guid).removesuffix(f" {title}") if " " in guid else guid)
