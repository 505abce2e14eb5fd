"""What the command line selects among all pages, as SQL."""

from typing import Any, NamedTuple

ENTRY = "LEFT JOIN entries e ON e.id = p.entry"
"""The join that gives each page `p` its entry `e`."""

ENTRY_OF_SOURCE = """\
LEFT JOIN listed l ON l.source = :source AND l.page = p.id LEFT JOIN entries e ON e.id = coalesce(l.entry, p.entry)"""
"""The same, with the entry of the source that is asked for where it lists the page."""


class Selection(NamedTuple):
    """What fits all that is asked. `since` and `until` in UTC seconds; `sources` None: of any source, or of none.

    Pages that no source lists are among them only where one asks for what is starred, saved or kept.
    """

    unread: bool = False
    starred: bool = False
    saved: bool = False
    kept: bool = False
    sources: tuple[int, ...] | None = None
    since: int | None = None
    until: int | None = None

    @property
    def beyond_lists(self) -> bool:
        """Whether pages that no source lists can be among them."""
        return self.starred or self.saved or self.kept

    @property
    def source(self) -> int | None:
        """The one source it is about: headline and paper are then as that source has them."""
        return self.sources[0] if self.sources is not None and len(self.sources) == 1 else None

    @property
    def entry(self) -> str:
        """The join that gives each page `p` its entry `e`."""
        return ENTRY if self.source is None else ENTRY_OF_SOURCE

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition over `pages p`, and the values it names."""
        parts = ["p.merged_into IS NULL"]
        for wanted, column in ((self.starred, "starred_at"), (self.saved, "saved_at")):
            if wanted:
                parts.append(f"EXISTS (SELECT 1 FROM statuses x WHERE x.page = p.id AND x.{column} IS NOT NULL)")  # noqa: S608  # names from the line above
        if self.unread:
            parts.append("p.unread = 1")
        if self.kept:
            parts.append("p.kept_at IS NOT NULL")
        if not self.beyond_lists:
            parts.append("p.listed = 1")
        if self.sources is not None:
            numbers = ", ".join(f"{source:d}" for source in self.sources) or "NULL"
            parts.append(f"EXISTS (SELECT 1 FROM listed x WHERE x.page = p.id AND x.source IN ({numbers}))")  # noqa: S608  # integers
        if self.since is not None:
            parts.append("p.time >= :since")
        if self.until is not None:
            parts.append("p.time <= :until")
        return " AND ".join(parts), {"since": self.since, "until": self.until, "source": self.source}
