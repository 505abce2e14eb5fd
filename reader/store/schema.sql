-- The library: one SQLite file. This is its whole schema; migrations.py brings older files here.
-- Times are UTC seconds. Where the offset printed with a time matters, it stands beside it in minutes.
-- Columns of JSON are written and read by codec.py.

-- What one subscribes to. A removed source keeps its row and its entries: undo brings all of it back.
CREATE TABLE sources (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,            -- the person's name for it, or else its own
    kind          TEXT NOT NULL,            -- models.SourceKind
    short         TEXT,
    home          TEXT,                     -- its front page: no entry's story stands there
    folder        TEXT,
    position      INTEGER NOT NULL,         -- within its folder, ascending
    language      TEXT,
    press         TEXT,                     -- the paper's colour
    interval      INTEGER,                  -- seconds between two visits, where the person chose
    etag          TEXT,
    last_modified TEXT,
    body_hash     TEXT,
    asked_at      INTEGER,
    answered_at   INTEGER,
    due_at        INTEGER NOT NULL DEFAULT 0,
    failure       TEXT,                     -- JSON of models.Failure, or NULL while all is well
    failed_since  INTEGER,
    added_at      INTEGER NOT NULL,
    removed_at    INTEGER,
    stories       INTEGER,                  -- newest unread stories kept for offline, where the person chose
    feed_text     INTEGER NOT NULL DEFAULT 0, -- 1: stories are read as the feed has them
    browser       INTEGER NOT NULL DEFAULT 0, -- 1: stories open in the browser
    user_agent    TEXT,
    seconds       REAL,                     -- longest wait for an answer, where the person chose
    categories    TEXT NOT NULL DEFAULT '[]', -- JSON: what OPML says it is about
    tries         INTEGER NOT NULL DEFAULT 0, -- visits in a row that failed
    headers       TEXT NOT NULL DEFAULT '[]', -- JSON: pairs of name and value, sent to its host alone
    credentials   TEXT,                     -- the name under which the keyring has user and password
    keep_days     INTEGER,                  -- days its stories are kept, where the person chose; 0: for ever
    keep_megabytes INTEGER,                 -- room for them, where the person chose; 0: no bound
    took          REAL,                     -- seconds that the last answer took, waiting for a slot aside
    parse_seconds REAL                      -- CPU seconds that the last feed cost
) STRICT;
CREATE INDEX sources_credentials ON sources(id) WHERE credentials IS NOT NULL;

-- One address on the web, under an id that never changes and is never used again.
-- `time`, `entry`, `listed` and `unread` follow from entries, sources and statuses (pages.update_derived writes them):
-- lists and counts are read from partial indexes over them, without a join.
CREATE TABLE pages (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    url         TEXT NOT NULL,              -- where a browser finds it; '' for an entry with no link
    time        INTEGER NOT NULL,           -- sorts it: the earliest of its entries, or when the page was made
    entry       INTEGER,                    -- its newest entry
    listed      INTEGER NOT NULL DEFAULT 0, -- 1: some source that is not removed lists it
    unread      INTEGER NOT NULL DEFAULT 0, -- 1: listed and not read
    changed_at  INTEGER,                    -- when its words last changed, in an entry or an article
    article     INTEGER,                    -- the newest kept version
    kept_at     INTEGER,
    minutes     INTEGER,                    -- of the kept version
    title       TEXT,                       -- title, summary, section: as the article says, for pages with no entry
    summary     TEXT,
    section     TEXT,
    merged_into INTEGER REFERENCES pages(id),-- this page proved to be that one; always the last in a row of merges
    pruned_at   INTEGER                     -- nothing is left of it but its id and its status, and no list shows it
) STRICT;
CREATE INDEX pages_unread ON pages(time) WHERE unread = 1;
CREATE INDEX pages_listed ON pages(time) WHERE listed = 1;
CREATE INDEX pages_kept ON pages(time) WHERE kept_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX pages_merged ON pages(merged_into) WHERE merged_into IS NOT NULL;

-- Every key under which a page is found: addresses as urls.page_key has them (http is https), and for an entry that shares its link
-- (or has none) 'entry:SOURCE:GUID'.
CREATE TABLE aliases (
    key  TEXT PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages(id),
    why  TEXT NOT NULL CHECK (why IN ('link', 'redirect', 'canonical', 'own'))
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_page ON aliases(page);

-- One headline as a source lists it. Replaced in place by id when the source changes it; ids are never used again.
-- `content` stands last, so that reading the other columns does not touch its overflow pages.
CREATE TABLE entries (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    source           INTEGER NOT NULL REFERENCES sources(id),
    guid             TEXT NOT NULL,
    page             INTEGER NOT NULL REFERENCES pages(id),
    link             TEXT,
    link_key         INTEGER,               -- pages.link_number of the link: who else in this source has it
    title            TEXT NOT NULL,
    section          TEXT,
    time             INTEGER NOT NULL,      -- the earlier of published and first_seen
    first_seen       INTEGER NOT NULL,
    changed_at       INTEGER,
    published        INTEGER,
    published_offset INTEGER,               -- minutes east of UTC
    digest           TEXT NOT NULL,
    summary          TEXT,
    authors          TEXT NOT NULL DEFAULT '[]', -- JSON
    picture          TEXT,
    attachments      TEXT,                  -- JSON of codec.Attachments, or NULL for none
    content          TEXT,                  -- the feed's own HTML: untrusted
    UNIQUE (source, guid)
) STRICT;
CREATE INDEX entries_page ON entries(page);
CREATE INDEX entries_link ON entries(source, link_key) WHERE link_key IS NOT NULL;

-- A page as it stands in one source's list: once, however often the source lists it. Follows from entries.
CREATE TABLE listed (
    source INTEGER NOT NULL REFERENCES sources(id),
    page   INTEGER NOT NULL REFERENCES pages(id),
    time   INTEGER NOT NULL,
    entry  INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    PRIMARY KEY (source, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_page ON listed(page);
CREATE INDEX listed_time ON listed(source, time);
CREATE INDEX listed_unread ON listed(source) WHERE unread = 1;

-- The full text of a page. A new version is a new row; pages.article names the newest.
CREATE TABLE articles (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    page             INTEGER NOT NULL REFERENCES pages(id),
    kept_at          INTEGER NOT NULL,
    hash             TEXT NOT NULL,         -- of title, lede and markdown: a version is new when it differs
    url              TEXT NOT NULL,
    canonical_url    TEXT NOT NULL,
    claim            TEXT,                  -- the page key of the canonical address it claims, where such a claim may be believed
    site             TEXT NOT NULL,
    title            TEXT NOT NULL,
    kicker           TEXT,
    section          TEXT,
    published        INTEGER,
    published_offset INTEGER,
    updated          INTEGER,
    updated_offset   INTEGER,
    lang             TEXT,
    lede             TEXT,
    words            INTEGER NOT NULL,
    minutes          INTEGER NOT NULL,
    how              TEXT NOT NULL,
    fields           TEXT NOT NULL,         -- JSON: authors, tags, figures, links
    markdown         TEXT NOT NULL
) STRICT;
CREATE INDEX articles_page ON articles(page);
CREATE INDEX articles_claim ON articles(claim) WHERE claim IS NOT NULL;

-- What the reader did to a page. Outlives entries, articles and sources, and is never lost.
CREATE TABLE statuses (
    page       INTEGER PRIMARY KEY REFERENCES pages(id),
    read_at    INTEGER,
    starred_at INTEGER,
    saved_at   INTEGER,
    tags       TEXT NOT NULL DEFAULT '[]',  -- JSON; nothing writes or reads it yet
    place      INTEGER NOT NULL DEFAULT 0   -- the line at the top of the pane: its block x 1000 + part
) STRICT;
CREATE INDEX statuses_read ON statuses(read_at) WHERE read_at IS NOT NULL;
CREATE INDEX statuses_starred ON statuses(starred_at) WHERE starred_at IS NOT NULL;
CREATE INDEX statuses_saved ON statuses(saved_at) WHERE saved_at IS NOT NULL;

-- The journal: every act, and for each thing it changed one row of `journal`, in the transaction that changes it.
-- Undo and redo are acts too (`of` names theirs), so whoever reads on from a row's id misses nothing.
CREATE TABLE acts (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    act     TEXT NOT NULL,                  -- read, unread, star, ..., merge, undo, redo
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL,                  -- reader, cli, refresh: only one's own acts are undone
    process TEXT NOT NULL,                  -- PID:TOKEN of the library that wrote it
    pages   INTEGER NOT NULL DEFAULT 0,     -- how many pages (or sources) it touched
    of      INTEGER REFERENCES acts(id),
    state   TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'left')) -- left: undone, and a newer act came
) STRICT;
CREATE INDEX acts_state ON acts(who, state, id);
CREATE INDEX acts_of ON acts(of) WHERE of IS NOT NULL;
CREATE TABLE journal (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    act      INTEGER NOT NULL REFERENCES acts(id),
    page     INTEGER REFERENCES pages(id),
    source   INTEGER REFERENCES sources(id),
    property TEXT NOT NULL,
    old      ANY,
    new      ANY
) STRICT;
CREATE INDEX journal_act ON journal(act);
CREATE INDEX journal_merged ON journal(page) WHERE property = 'merged_into';

-- What pruning leaves of entries and addresses, so that none comes back as new: numbers of what each is known by
-- (pruning/traits.py), and the page that has its status.
CREATE TABLE pruned_entries (
    source INTEGER NOT NULL REFERENCES sources(id),
    number INTEGER NOT NULL,
    page   INTEGER NOT NULL REFERENCES pages(id),
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE pruned_addresses (
    number INTEGER PRIMARY KEY,             -- of a key as in aliases
    page   INTEGER NOT NULL REFERENCES pages(id)
) STRICT;

-- Stories that are open in readers: they are not pruned.
CREATE TABLE open_stories (
    process TEXT NOT NULL,                  -- as in acts
    page    INTEGER NOT NULL REFERENCES pages(id),
    PRIMARY KEY (process, page)
) STRICT, WITHOUT ROWID;

-- Small facts of the interface: the measure, the last view.
CREATE TABLE facts (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What servers ask of programs (robots.txt), for a day: whatever nobody asked for by hand is asked of these first.
CREATE TABLE robots (
    origin TEXT PRIMARY KEY,                -- scheme, host and port
    rules  TEXT NOT NULL,                   -- the document as it came; '' where there is none
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Stories that were asked for and are not to be had: whatever links to one says so. They are forgotten after some days.
CREATE TABLE failed_stories (
    key     TEXT PRIMARY KEY,               -- of the address, as in aliases
    failure TEXT NOT NULL,                  -- JSON
    until   INTEGER NOT NULL,               -- UTC seconds: so long it is told
    again_at INTEGER NOT NULL,              -- UTC seconds: only a person asks for it before then
    tries   INTEGER NOT NULL                -- how often it was asked for in vain, each after a pause
) STRICT, WITHOUT ROWID;
