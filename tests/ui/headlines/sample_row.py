"""One headline, a look to draw it in, and the time at which it is drawn."""

from datetime import datetime

from reader.store import Row
from reader.ui.theme.theme import appearance_of, themes, variable_defaults

NOW = datetime(2019, 11, 16, 14, 0)  # noqa: DTZ001 (a reader's own clock on the wall)
THEME = themes("truecolor")[0]
APPEARANCE = appearance_of({**variable_defaults(THEME), **THEME.to_color_system().generate(), **THEME.variables})
ROW = Row(
    page=1,
    url="https://a.example/1",
    title="Làng gốm mở xưởng ban đêm",
    summary="Khách xếp hàng từ chiều",
    source=1,
    paper="Kinh tế Sáng",
    short="KT Sáng",
    brand_colour=None,
    section=None,
    time=int(datetime(2019, 11, 16, 13, 12).timestamp()),  # noqa: DTZ001 (the same clock)
    read=False,
    starred=True,
    saved=False,
    kept=True,
    changed=False,
    minutes=4,
    entry=1,
)
