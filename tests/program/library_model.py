"""A plain model of a library: dictionaries and lists that know no SQL, for the library to be compared with."""

from dataclasses import dataclass, field
from typing import Any

STORIES = tuple("uvwxyz")
"""The newest first."""


@dataclass
class Model:
    """All that the library should say. What an act changed is a dictionary from (thing, property) to (old, new)."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: dict[str, dict[str, int]] = field(default_factory=dict)  # paper -> story -> version
    changed: dict[str, int] = field(default_factory=dict)  # story -> when its words changed
    marks: dict[str, dict[str, int | None]] = field(default_factory=dict)
    past: list[dict[tuple[str, str], tuple[Any, Any]]] = field(default_factory=list)
    future: list[dict[tuple[str, str], tuple[Any, Any]]] = field(default_factory=list)

    def here(self) -> list[str]:
        """Papers that are subscribed to, in the order they are shown in."""
        found = [paper for paper, facts in self.sources.items() if not facts["removed"]]
        ids = list(self.sources)
        return sorted(
            found,
            key=lambda paper: (
                self.sources[paper]["folder"] is not None,
                (self.sources[paper]["folder"] or "").encode(),
                self.sources[paper]["position"],
                ids.index(paper),
            ),
        )

    def last(self, folder: str | None) -> int:
        return max((facts["position"] for facts in self.sources.values() if facts["folder"] == folder), default=0) + 1

    def act(self, wanted: dict[tuple[str, str], Any]) -> int:
        """Carry out what differs, as one act that can be undone; return how many things it touched."""
        done = {what: (self._get(what), new) for what, new in wanted.items() if self._get(what) != new}
        for what, (_, new) in done.items():
            self._set(what, new)
        if done:
            self.past.append(done)
            self.future.clear()
        return len({thing for thing, _ in done})

    def undo(self) -> bool:
        if not self.past:
            return False
        done = self.past.pop()
        for what, (old, _) in reversed(done.items()):
            self._set(what, old)
        self.future.append(done)
        return True

    def redo(self) -> bool:
        if not self.future:
            return False
        done = self.future.pop()
        for what, (_, new) in done.items():
            self._set(what, new)
        self.past.append(done)
        return True

    def _get(self, what: tuple[str, str]) -> Any:
        thing, name = what
        return self.sources[thing][name] if thing in self.sources else self.marks[thing][name]

    def _set(self, what: tuple[str, str], value: Any) -> None:
        thing, name = what
        if thing in self.sources:
            if name == "url":
                self._free_address(value, self.sources[thing]["url"])
                self.sources[thing]["tries"] = 0
            self.sources[thing][name] = value
        else:
            self.marks[thing][name] = value

    def _free_address(self, url: str, left: str) -> None:
        """A removed paper that was found at an address that another gets back takes the one that is left for it."""
        for facts in self.sources.values():
            if facts["url"] == url:
                assert facts["removed"]
                facts |= {"url": left, "tries": 0}

    def pages(self) -> set[str]:
        """Stories that some paper has listed, ever."""
        return {story for stories in self.listed.values() for story in stories}

    def shown(self, *of: str) -> list[str]:
        """Stories of these papers, newest first."""
        found = {story for paper in of for story in self.listed.get(paper, ())}
        return sorted(found, key=STORIES.index)
