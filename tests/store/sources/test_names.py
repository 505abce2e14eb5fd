"""Sources of one host that nobody has named are told apart by their addresses."""

from reader.models import Failure, FailureKind, NewSource
from reader.store import FeedChanges, Library

HOST = "gull.example"


def added(library: Library, *addresses: str) -> list[str]:
    library.add_sources([NewSource(f"https://{address}", HOST) for address in addresses])
    return titles(library)


def titles(library: Library) -> list[str]:
    return [source.title for source in sorted(library.sources(), key=lambda source: source.id)]


def test_one_of_a_host_is_called_by_the_host_and_several_by_as_much_of_the_path_as_is_needed(library: Library) -> None:
    assert added(library, f"{HOST}/rss") == [HOST]
    assert added(library, f"{HOST}/sea/a.xml") == [f"{HOST}/rss", f"{HOST}/sea"]
    assert added(library, f"www.{HOST}/sea/b.xml") == [f"{HOST}/rss", f"{HOST}/sea/a.xml", f"{HOST}/sea/b.xml"]
    assert added(library, f"{HOST}/") == [f"{HOST}/rss", f"{HOST}/sea/a.xml", f"{HOST}/sea/b.xml", HOST]


def test_names_of_a_person_s_or_a_feed_s_own_stay(library: Library) -> None:
    library.add_sources([NewSource(f"https://{HOST}/a", "The Gull"), NewSource("https://auk.example/a", HOST)])
    assert added(library, f"{HOST}/b") == ["The Gull", HOST, HOST], "that one is called so, but is no source of it"


def test_no_secret_comes_into_a_name(library: Library) -> None:
    names = added(
        library,
        f"{HOST}/rss?token=s3cret1",
        f"{HOST}/rss?token=s3cret2",
        f"{HOST}/k/a1b2c3d4e5f6a7b8c9d0",
        f"{HOST}/k/e1",
    )
    assert names == [f"{HOST}/rss", f"{HOST}/rss (2)", f"{HOST}/k/…", f"{HOST}/k/e1"]


def test_a_feed_without_a_title_is_told_apart_when_it_first_answers(library: Library) -> None:
    """A list of subscriptions gives no names: until then the address stands for each."""
    urls = [f"https://{HOST}/{name}" for name in ("a", "b")]
    for source in library.add_sources([NewSource(url, url) for url in urls]):
        library.keep_feed(source.id, FeedChanges(title=HOST), now=1)
    assert titles(library) == [f"{HOST}/a", f"{HOST}/b"]


def test_a_source_that_was_silent_gets_its_own_name_when_it_answers(library: Library) -> None:
    (source,) = library.add_sources([NewSource(f"https://{HOST}/rss", HOST)])
    library.keep_failure(source.id, Failure(FailureKind.TIMEOUT, source.url), due_at=2, now=1)
    library.keep_feed(source.id, FeedChanges(title="The Gull"), now=3)
    assert titles(library) == ["The Gull"]
    library.rename_source(source.id, HOST)
    library.keep_failure(source.id, Failure(FailureKind.TIMEOUT, source.url), due_at=5, now=4)
    library.keep_feed(source.id, FeedChanges(title="The Gull"), now=6)
    assert titles(library) == [HOST], "a person has called it so"


def test_one_that_comes_back_is_told_apart_too(library: Library) -> None:
    (first,) = library.add_sources([NewSource(f"https://{HOST}/a", HOST)])
    library.remove_source(first.id)
    assert added(library, f"{HOST}/b", f"{HOST}/a") == [f"{HOST}/a", f"{HOST}/b"]


def test_two_thousand_of_one_host_have_two_thousand_names(library: Library) -> None:
    assert len(set(added(library, *(f"{HOST}/{n % 100}/{n}" for n in range(2000))))) == 2000
