"""Commands about sources: refresh, add, settings, those that fail, what is new, what is kept."""

from reader import words
from reader.models import Source
from reader.ui.commands.host import SourcesHost
from reader.words import help_pages as help_pages_words


def refresh(host: SourcesHost) -> None:
    """Refresh the source at hand; ask again for the story that is open, where that could not be had."""
    if host.pane.try_again():
        return
    view = host.pane.view
    if view.kind == "source" and view.source is not None:
        _refresh(host, [view.source])
    elif view.kind == "folder":
        _refresh(host, [source.id for source in host.sources.values() if source.folder == view.folder])
    else:
        _refresh(host, None)


def refresh_all(host: SourcesHost) -> None:
    _refresh(host, None)


def _refresh(host: SourcesHost, sources: list[int] | None) -> None:
    asked = list(host.sources) if sources is None else sources
    if host.refresher.begin():
        host.dismiss_note()  # what went wrong before is asked again now
        if host.session.offline_since is not None or (host.window.single and host.pane.name == "article"):
            # the head of the screen does not show how far it is
            host.say(words.refreshing(len(asked)), "lasting")
        host.start(host.refresher.refresh_asked(asked), "refresh")
    else:
        host.refresher.refresh_later(asked)
        host.say(words.queued())


def show_new(host: SourcesHost) -> None:
    if not host.headlines.new:
        host.say(help_pages_words.nothing_new(), "hint")
    host.start(host.headlines.show_new(), "list", exclusive=True)


def keep_offline(host: SourcesHost) -> None:
    if host.refresher.begin():
        host.start(host.refresher.keep_asked(), "refresh")
    else:
        host.refresher.keep_later()
        host.say(words.queued())


def add(host: SourcesHost) -> None:
    from reader.ui.dialogs.add_source import AddSource

    host.push(AddSource(host))


def catalogue(host: SourcesHost) -> None:
    from reader.ui.pages.catalogue import Catalogue

    host.push(Catalogue(host))


def _source(host: SourcesHost) -> Source | None:
    """The source that the command is about; where there is none, that is said."""
    source = host.pane.source
    if source is None:
        host.say(words.no_source_here(), "hint")
    return source


def source_settings(host: SourcesHost) -> None:
    source = _source(host)
    if source is not None:
        from reader.ui.dialogs.source_settings import SourceSettings

        host.push(SourceSettings(host, source))


def remove(host: SourcesHost) -> None:
    source = _source(host)
    if source is not None:
        host.remove_source(source)


def source_down(host: SourcesHost, count: int = 1) -> None:
    _step_source(host, count)


def source_up(host: SourcesHost, count: int = 1) -> None:
    _step_source(host, -count)


def _step_source(host: SourcesHost, step: int) -> None:
    source = _source(host)
    if source is None:
        return
    order = [other.id for other in host.sources.values() if other.folder == source.folder]
    if order and source.id == order[-1 if step > 0 else 0]:
        host.say(help_pages_words.source_at_edge(step), "hint")
    else:
        host.start(host.marks.step_source(source, step), "marks")


def failing(host: SourcesHost) -> None:
    from reader.ui.pages.failing_sources import FailingSources

    host.push(FailingSources(host))
