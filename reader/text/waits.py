"""Whether a wait is over that was written down: a clock can be set back meanwhile."""

LONGEST_WAIT = 7 * 86400
"""Seconds for which a host is left alone at most: a wrong header must not silence a paper for good."""

LONGEST_PAUSE = 30 * 86400
"""Seconds for which a story that is not to be had is left alone at most."""


def is_over(until: float, now: float, longest: float) -> bool:
    """Say whether what waits `until` then (UTC seconds) need not wait any more. Pure.

    It also need not where the wait is longer than the `longest` that is ever made, in seconds: the clock stood wrong
    when it was written down, and has been set back since; nothing would be due until it has caught up.
    """
    return not now < until <= now + longest
