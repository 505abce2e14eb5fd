"""One run of the demo: which stories stand where, at what address and time. Values only; nothing is served here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from reader.demo.stories import DemoStory


@dataclass(frozen=True, slots=True)
class PaperTitle:
    """A paper before it has a port: its names, its habits and the functions that print it.

    `sections` maps a section's name to its address; `zone` is in hours east of UTC.
    """

    key: str
    name: str
    short: str
    language: str
    folder: str
    brand_colour: str
    zone: int
    sections: Mapping[str, str]
    feed_path: str
    feed_type: str
    path: "Callable[[DemoStory, datetime], str]"
    page: "Callable[[Edition, DemoStory], str]"
    listing: "Callable[[Edition, str, list[DemoStory]], str]"
    missing: "Callable[[Edition], str]"
    feed: "Callable[[Edition, list[DemoStory]], str]"


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories and papers of one run. `homes` are the papers' addresses, without a last slash."""

    start: datetime
    stories: Mapping[str, DemoStory]
    titles: Mapping[str, PaperTitle]
    homes: Mapping[str, str]

    def time(self, story: DemoStory) -> datetime:
        """When the story was published, in its paper's zone, to the minute."""
        return self._before(story, story.minutes)

    def updated(self, story: DemoStory) -> datetime:
        """When it was last changed; the time of publication where it never was."""
        return self._before(story, story.minutes if story.updated is None else story.updated)

    def _before(self, story: DemoStory, minutes: int) -> datetime:
        zone = timezone(timedelta(hours=self.titles[story.paper].zone))
        return (self.start - timedelta(minutes=minutes)).astimezone(zone)

    def path(self, story: DemoStory) -> str:
        path = self.titles[story.paper].path(story, self.time(story))
        return path if story.page == 1 else f"{path}/{story.page}"

    def url(self, slug: str) -> str:
        """The one address of a story, whichever paper links to it. KeyError for a slug no story has."""
        story = self.stories[slug]
        return self.homes[story.paper] + self.path(story)

    def picture(self, story: DemoStory, name: str, width: int = 640) -> str:
        """The address of a picture `scene seed`, on the story's own paper."""
        return f"{self.homes[story.paper]}/pictures/{name.replace(' ', '-')}-{width}.png"

    def related(self, story: DemoStory) -> list[DemoStory]:
        return [self.stories[slug] for slug in story.related]

    def more(self, story: DemoStory, count: int = 5) -> list[DemoStory]:
        """What the paper offers under a story: the newest of its listed stories that are out and not related."""
        known = {story.slug, *story.related}
        rest = [other for other in self.of(story.paper) if other.listed and other.minutes >= 0]
        rest = [other for other in rest if other.slug not in known]
        same = [other for other in rest if other.section == story.section]
        return (same[:2] + [other for other in rest if other not in same[:2]])[:count]

    def of(self, key: str) -> list[DemoStory]:
        """A paper's own stories, newest first."""
        return sorted((s for s in self.stories.values() if s.paper == key), key=lambda s: (s.minutes, s.slug))

    def listed(self, key: str, now: datetime) -> list[DemoStory]:
        """What a paper's feed lists at a moment, newest first: its own and those it takes from a sister paper."""
        out = [s for s in self.stories.values() if (s.paper == key and s.listed) or key in s.also]
        return sorted((s for s in out if self.time(s) <= now), key=lambda s: (s.minutes, s.slug))
