PRAGMA application_id = 1313167187;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
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
INSERT INTO "acts" VALUES(1,'add',1700000060,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(2,'add',1700000120,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(3,'add',1700000180,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(4,'read',1700000600,'reader','999999999:kept',2,NULL,'done');
INSERT INTO "acts" VALUES(5,'star',1700000720,'reader','999999999:kept',2,NULL,'done');
INSERT INTO "acts" VALUES(6,'save',1700000840,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(7,'rename',1700000900,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(8,'remove',1700000960,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(9,'star',1700001080,'reader','999999999:kept',1,NULL,'left');
INSERT INTO "acts" VALUES(10,'undo',1700001140,'reader','999999999:kept',1,9,'done');
INSERT INTO "acts" VALUES(11,'read',1700001260,'reader','999999999:kept',1,NULL,'done');
INSERT INTO "acts" VALUES(12,'tag',1700000000,'cli','999999999:kept',1,NULL,'done');
CREATE TABLE aliases (
    key  TEXT PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages(id),
    why  TEXT NOT NULL CHECK (why IN ('link', 'redirect', 'canonical', 'own'))
) STRICT, WITHOUT ROWID;
INSERT INTO "aliases" VALUES('https://mill.example/race',6,'link');
INSERT INTO "aliases" VALUES('https://mill.example/wheel',5,'link');
INSERT INTO "aliases" VALUES('https://quay.example/crane',7,'link');
INSERT INTO "aliases" VALUES('https://tern.example/back',1,'link');
INSERT INTO "aliases" VALUES('https://tern.example/bar',2,'link');
INSERT INTO "aliases" VALUES('https://tern.example/fog',4,'link');
INSERT INTO "aliases" VALUES('https://tern.example/song',3,'link');
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
INSERT INTO "articles" VALUES(1,1,1700000480,'c6c30cdd92e7a22ec4a95b44e51f3274','https://tern.example/back','https://tern.example/back','https://tern.example/back','tern.example','The terns are back',NULL,NULL,1699779900,0,NULL,NULL,NULL,'They were seen at dawn.',17,1,'generic','{"authors":["Ada Quill"],"tags":[],"figures":[{"image":"https://tern.example/tern.png","caption":"A tern","credit":"Ada Quill"}],"links":[{"kind":"related","title":"The bar","url":"https://tern.example/bar","section":null,"summary":null,"published":null}]}','The terns came over the bar with the tide.

Nobody had expected them; she wrote: ''at last''.');
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
INSERT INTO "entries" VALUES(1,1,'https://tern.example/back',1,'https://tern.example/back',279014589198573110,'The terns are back',NULL,1699779900,1700000240,NULL,1699779900,0,'2af9547aeae85e0fa3debde22a75aa33','A summary of one line; with a semicolon.','["Ada Quill"]',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(2,1,'https://tern.example/bar',2,'https://tern.example/bar',677817802392855376,'The bar has moved',NULL,1699866300,1700000240,NULL,1699866300,0,'418b6830131d662a8ffa824c9b9db3e2',NULL,'[]',NULL,NULL,'<p>By a yard, it&#8217;s said.</p>');
INSERT INTO "entries" VALUES(3,1,'https://tern.example/song',3,'https://tern.example/song',8262016894730864531,'A song of the bar',NULL,1699952700,1700000240,NULL,1699952700,0,'6319d2ff3240ba3ee1c23e6a5b5531ac',NULL,'[]',NULL,'{"enclosures":[{"url":"https://tern.example/song.ogg","type":"audio/ogg","length":4096,"duration":null,"title":null}],"discussion":null,"linked":[]}',NULL);
INSERT INTO "entries" VALUES(4,1,'https://tern.example/fog',4,'https://tern.example/fog',8246309120637245235,'Fog until noon',NULL,1700000240,1700000240,NULL,1700039100,0,'2138e45a4a14507a5a21635bbfcb4d7e',NULL,'[]',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(5,2,'http://mill.example/wheel',5,'http://mill.example/wheel',-8929472710320782327,'A new wheel',NULL,1699779900,1700000300,NULL,1699779900,0,'f520d94feb4f5d1343fe64e75b0ca9a6',NULL,'[]',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(6,2,'http://mill.example/race',6,'http://mill.example/race',-615838835875363335,'The race is dry',NULL,1699866300,1700000300,NULL,1699866300,0,'5f8eede997ae820b8f0ce4b54130d45c',NULL,'[]',NULL,NULL,NULL);
INSERT INTO "entries" VALUES(7,3,'https://quay.example/crane',7,'https://quay.example/crane',-7713008277215007020,'The crane leaves',NULL,1699779900,1700000360,NULL,1699779900,0,'78d2411998b13ad1924d4b767ab6f73b',NULL,'[]',NULL,NULL,NULL);
CREATE TABLE facts (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "facts" VALUES('measure','70');
CREATE TABLE failed_stories (
    key     TEXT PRIMARY KEY,               -- of the address, as in aliases
    failure TEXT NOT NULL,                  -- JSON
    until   INTEGER NOT NULL,               -- UTC seconds: so long it is told
    again_at INTEGER NOT NULL,              -- UTC seconds: only a person asks for it before then
    tries   INTEGER NOT NULL                -- how often it was asked for in vain, each after a pause
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    act      INTEGER NOT NULL REFERENCES acts(id),
    page     INTEGER REFERENCES pages(id),
    source   INTEGER REFERENCES sources(id),
    property TEXT NOT NULL,
    old      ANY,
    new      ANY
) STRICT;
INSERT INTO "journal" VALUES(1,1,NULL,1,'removed_at',1700000060,NULL);
INSERT INTO "journal" VALUES(2,2,NULL,2,'removed_at',1700000120,NULL);
INSERT INTO "journal" VALUES(3,3,NULL,3,'removed_at',1700000180,NULL);
INSERT INTO "journal" VALUES(4,4,1,NULL,'read_at',NULL,1700000540);
INSERT INTO "journal" VALUES(5,4,2,NULL,'read_at',NULL,1700000540);
INSERT INTO "journal" VALUES(6,5,1,NULL,'starred_at',NULL,1700000660);
INSERT INTO "journal" VALUES(7,5,7,NULL,'starred_at',NULL,1700000660);
INSERT INTO "journal" VALUES(8,6,3,NULL,'saved_at',NULL,1700000780);
INSERT INTO "journal" VALUES(9,7,NULL,2,'title','Mill Notes','Notes of the Mill');
INSERT INTO "journal" VALUES(10,8,NULL,3,'removed_at',NULL,1700000960);
INSERT INTO "journal" VALUES(11,9,5,NULL,'starred_at',NULL,1700001020);
INSERT INTO "journal" VALUES(12,10,5,NULL,'starred_at',1700001020,NULL);
INSERT INTO "journal" VALUES(13,11,6,NULL,'read_at',NULL,1700001200);
INSERT INTO "journal" VALUES(14,12,1,NULL,'tags','[]','["birds"]');
CREATE TABLE listed (
    source INTEGER NOT NULL REFERENCES sources(id),
    page   INTEGER NOT NULL REFERENCES pages(id),
    time   INTEGER NOT NULL,
    entry  INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    PRIMARY KEY (source, page)
) STRICT, WITHOUT ROWID;
INSERT INTO "listed" VALUES(1,1,1699779900,1,0);
INSERT INTO "listed" VALUES(1,2,1699866300,2,0);
INSERT INTO "listed" VALUES(1,3,1699952700,3,1);
INSERT INTO "listed" VALUES(1,4,1700000240,4,1);
INSERT INTO "listed" VALUES(2,5,1699779900,5,1);
INSERT INTO "listed" VALUES(2,6,1699866300,6,0);
CREATE TABLE open_stories (
    process TEXT NOT NULL,                  -- as in acts
    page    INTEGER NOT NULL REFERENCES pages(id),
    PRIMARY KEY (process, page)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "pages" VALUES(1,'https://tern.example/back',1699779900,1,1,0,NULL,1,1700000480,1,'The terns are back','They were seen at dawn.',NULL,NULL,NULL);
INSERT INTO "pages" VALUES(2,'https://tern.example/bar',1699866300,2,1,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pages" VALUES(3,'https://tern.example/song',1699952700,3,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pages" VALUES(4,'https://tern.example/fog',1700000240,4,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pages" VALUES(5,'http://mill.example/wheel',1699779900,5,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pages" VALUES(6,'http://mill.example/race',1699866300,6,1,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pages" VALUES(7,'https://quay.example/crane',1699779900,7,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE pruned_addresses (
    number INTEGER PRIMARY KEY,             -- of a key as in aliases
    page   INTEGER NOT NULL REFERENCES pages(id)
) STRICT;
CREATE TABLE pruned_entries (
    source INTEGER NOT NULL REFERENCES sources(id),
    number INTEGER NOT NULL,
    page   INTEGER NOT NULL REFERENCES pages(id),
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE robots (
    origin TEXT PRIMARY KEY,                -- scheme, host and port
    rules  TEXT NOT NULL,                   -- the document as it came; '' where there is none
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
    keep_megabytes INTEGER                  -- room for them, where the person chose; 0: no bound
) STRICT;
INSERT INTO "sources" VALUES(1,'https://tern.example/rss','The Tern','feed',NULL,'https://tern.example/','Coast',1,NULL,NULL,NULL,'"t1"',NULL,NULL,1700000240,1700000240,1700009000,NULL,NULL,1700000060,NULL,NULL,0,0,NULL,NULL,'[]',0,'[]',NULL,NULL,NULL);
INSERT INTO "sources" VALUES(2,'http://mill.example/feed','Notes of the Mill','feed',NULL,'http://mill.example/',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,1700000420,1700000300,1700000000,'{"kind":"http","url":"http://mill.example/feed","status":503,"until":null,"seconds":null,"limit":null,"line":null,"entries":null,"cause":""}',1700000420,1700000120,NULL,NULL,0,0,NULL,NULL,'[]',1,'[]',NULL,NULL,NULL);
INSERT INTO "sources" VALUES(3,'https://quay.example/atom','The Quay','feed',NULL,'https://quay.example/',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,1700000360,1700000360,0,NULL,NULL,1700000180,1700000960,NULL,0,0,NULL,NULL,'[]',0,'[]',NULL,NULL,NULL);
CREATE TABLE statuses (
    page       INTEGER PRIMARY KEY REFERENCES pages(id),
    read_at    INTEGER,
    starred_at INTEGER,
    saved_at   INTEGER,
    tags       TEXT NOT NULL DEFAULT '[]',  -- JSON; nothing writes or reads it yet
    place      INTEGER NOT NULL DEFAULT 0   -- the line at the top of the pane: its block x 1000 + part
) STRICT;
INSERT INTO "statuses" VALUES(1,1700000540,1700000660,NULL,'["birds"]',1);
INSERT INTO "statuses" VALUES(2,1700000540,NULL,NULL,'[]',0);
INSERT INTO "statuses" VALUES(3,NULL,NULL,1700000780,'[]',0);
INSERT INTO "statuses" VALUES(5,NULL,NULL,NULL,'[]',0);
INSERT INTO "statuses" VALUES(6,1700001200,NULL,NULL,'[]',0);
INSERT INTO "statuses" VALUES(7,NULL,1700000660,NULL,'[]',0);
CREATE INDEX sources_credentials ON sources(id) WHERE credentials IS NOT NULL;
CREATE INDEX pages_unread ON pages(time) WHERE unread = 1;
CREATE INDEX pages_listed ON pages(time) WHERE listed = 1;
CREATE INDEX pages_kept ON pages(time) WHERE kept_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX pages_merged ON pages(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX aliases_page ON aliases(page);
CREATE INDEX entries_page ON entries(page);
CREATE INDEX entries_link ON entries(source, link_key) WHERE link_key IS NOT NULL;
CREATE INDEX listed_page ON listed(page);
CREATE INDEX listed_time ON listed(source, time);
CREATE INDEX listed_unread ON listed(source) WHERE unread = 1;
CREATE INDEX articles_page ON articles(page);
CREATE INDEX articles_claim ON articles(claim) WHERE claim IS NOT NULL;
CREATE INDEX statuses_read ON statuses(read_at) WHERE read_at IS NOT NULL;
CREATE INDEX statuses_starred ON statuses(starred_at) WHERE starred_at IS NOT NULL;
CREATE INDEX statuses_saved ON statuses(saved_at) WHERE saved_at IS NOT NULL;
CREATE INDEX acts_state ON acts(who, state, id);
CREATE INDEX acts_of ON acts(of) WHERE of IS NOT NULL;
CREATE INDEX journal_act ON journal(act);
CREATE INDEX journal_merged ON journal(page) WHERE property = 'merged_into';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sources',3);
INSERT INTO "sqlite_sequence" VALUES('acts',12);
INSERT INTO "sqlite_sequence" VALUES('journal',14);
INSERT INTO "sqlite_sequence" VALUES('pages',7);
INSERT INTO "sqlite_sequence" VALUES('entries',7);
INSERT INTO "sqlite_sequence" VALUES('articles',1);
COMMIT;
