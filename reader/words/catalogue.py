"""The catalogue of papers and the welcome page: titles, keys, names of countries and topics."""

from reader.words.translation import _, _n


def sections(count: int) -> str:
    """`16 sections`; of a paper without any, `1 feed`."""
    return _n("{n} section", "{n} sections", count).format(n=count) if count else _("1 feed")


def catalogue_title(welcome: bool) -> str:
    """Over the papers."""
    return _("Papers") if welcome else _("Catalogue")


def chosen(count: int) -> str:
    """`4 chosen`."""
    return _("{n} chosen").format(n=count)


def find() -> str:
    """Before the field that finds a paper."""
    return _("Find")


def greeting(hour: int) -> str:
    """`Good afternoon. Which papers do you read?`."""
    if 5 <= hour < 12:
        return _("Good morning. Which papers do you read?")
    if 12 <= hour < 18:
        return _("Good afternoon. Which papers do you read?")
    return _("Good evening. Which papers do you read?")


def choices(what: str) -> str:
    """Over the columns of the catalogue: `Language`, `Country`, `Topic`; `All` for no choice."""
    named = {"language": _("Language"), "country": _("Country"), "topic": _("Topic"), "all": _("All")}
    return named[what]


def unverified() -> str:
    """Beside a paper whose feed was not seen to answer lately."""
    return _("not checked lately")


def feeds() -> str:
    """How a paper publishes its news: in feeds."""
    return _("feeds")


def no_paper_fits() -> str:
    """No paper of the catalogue matches what was typed."""
    return _("No paper matches. Accents can be left out; *Esc* shows all.")


def other_ways(narrow: bool) -> list[tuple[str, str]]:
    """On the welcome page: what else one can begin with."""
    if narrow:
        return [("", _("Or")), ("a", _("address")), ("i", _("import")), ("d", _("demo"))]
    return [
        ("", _("Or")),
        ("a", _("paste an address")),
        ("i", _("import OPML or newsboat")),
        ("d", _("try the demo: a small newspaper, no network needed")),
    ]


def catalogue_keys(
    where: str, chosen: int, *, welcome: bool, preview: bool = False, narrow: bool = False
) -> list[tuple[str, str]]:
    """The keys of the catalogue, by the column in focus, with what Enter will do."""
    if narrow:
        does = _("subscribe to {n}").format(n=chosen) if chosen else _("subscribe")
    elif chosen:
        does = _n("subscribe to {n} paper and read", "subscribe to {n} papers and read", chosen).format(n=chosen)
    else:
        does = _("subscribe to this one and read")
    leave = ("q", _("leave")) if welcome else ("Esc", _("leave"))
    if where == "find":
        return [("Enter", _("to the papers")), ("Esc", _("all papers"))]
    if where == "choices":
        return [("Space", _("choose")), ("Tab", _("papers")), ("/", _("find")), leave]
    look = _("no preview") if preview else _("preview")
    return [
        ("Space", _("choose")),
        ("Enter", does),
        ("l", _("sections")),
        ("v", look),
        ("/", _("find")),
        ("Tab", _("next column")),
        leave,
    ]


def papers(count: int) -> str:
    """`1 paper`, `4 papers`."""
    return _n("{n} paper", "{n} papers", count).format(n=count)


def country_name(code: str) -> str:
    """The name of a country, by its ISO 3166-1 alpha-2 code or `int` for the world; an unknown code itself."""
    names = {
        "AE": _("United Arab Emirates"),
        "AR": _("Argentina"),
        "AT": _("Austria"),
        "AU": _("Australia"),
        "BR": _("Brazil"),
        "CA": _("Canada"),
        "CN": _("China"),
        "DE": _("Germany"),
        "ES": _("Spain"),
        "FR": _("France"),
        "GB": _("United Kingdom"),
        "HK": _("Hong Kong"),
        "IN": _("India"),
        "IT": _("Italy"),
        "JP": _("Japan"),
        "KR": _("South Korea"),
        "LV": _("Latvia"),
        "QA": _("Qatar"),
        "SG": _("Singapore"),
        "TW": _("Taiwan"),
        "US": _("United States"),
        "VN": _("Vietnam"),
        "int": _("International"),
    }
    return names.get(code, code)


def topic_name(code: str) -> str:
    """The name of a topic of the catalogue; an unknown code itself."""
    names = {
        "general": _("General news"),
        "world": _("World"),
        "business": _("Business"),
        "technology": _("Technology"),
        "science": _("Science"),
        "sports": _("Sports"),
        "culture": _("Culture"),
        "local": _("Local"),
        "opinion": _("Opinion"),
        "health": _("Health"),
    }
    return names.get(code, code)
