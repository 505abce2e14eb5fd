"""The way of a page by a person's own rules: what is sent to worker processes, files and no compiled rules."""

from reader.config.rules import RuleFile
from reader.extract.page import extract
from reader.extract.sites import rules_of
from reader.models import Article


def extract_by(own: tuple[RuleFile, ...], page: bytes, url: str, *, encoding: str | None = None) -> Article:
    """Return the article of a page, by a person's own rules before the shipped ones; otherwise as `extract`.

    `own` are the sound ones (`Config.rules`), compiled once a process.
    """
    return extract(page, url, encoding=encoding, rules=rules_of(own))
