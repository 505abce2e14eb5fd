"""A wait that was written down is over when it is over, and when the clock stood wrong."""

import pytest

from reader.text.waits import is_over

DAY = 86400
NOW = 1_770_000_000


@pytest.mark.parametrize(
    ("until", "over"),
    [
        (NOW - DAY, True),
        (NOW, True),
        (NOW + 1, False),
        (NOW + 7 * DAY, False),
        (NOW + 7 * DAY + 1, True),
        (NOW + 365 * DAY, True),
    ],
)
def test_a_wait_ends_with_its_time_and_never_lasts_longer_than_any(until: int, over: bool) -> None:
    assert is_over(until, NOW, 7 * DAY) is over
