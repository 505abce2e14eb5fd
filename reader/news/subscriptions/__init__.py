"""What one is subscribed to: feeds found, subscribed to, changed, imported and exported. Never asks for their news."""

from reader.news.subscriptions.find_feeds import AskAs, FoundFeed, FoundFeeds, fetch_offer, find, subscribed, unanswered
from reader.news.subscriptions.import_export import (
    Imported,
    ImportedMarks,
    hold_secrets,
    import_marks,
    import_subscriptions,
    parse_list,
    write_opml,
)
from reader.news.subscriptions.subscribe import (
    Subscribed,
    SubscriptionRequest,
    edit_source,
    of_catalogue,
    subscribe_all,
)

__all__ = [
    "AskAs",
    "FoundFeed",
    "FoundFeeds",
    "Imported",
    "ImportedMarks",
    "Subscribed",
    "SubscriptionRequest",
    "edit_source",
    "fetch_offer",
    "find",
    "hold_secrets",
    "import_marks",
    "import_subscriptions",
    "of_catalogue",
    "parse_list",
    "subscribe_all",
    "subscribed",
    "unanswered",
    "write_opml",
]
