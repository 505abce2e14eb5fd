"""The real pages beside the checkout: each must be what its gold says. Skipped where they are not there."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.extract import extract
from reader.models import Article
from tests import SHARED, present

GOLD = sorted((SHARED / "vietnam" / "gold").glob("*.json"))

pytestmark = pytest.mark.skipif(not GOLD, reason="the gold pages are not beside this checkout")


def checker() -> Callable[[dict[str, Any], Article], list[str]]:
    spec = present(importlib.util.spec_from_file_location("gold", SHARED / "tools" / "gold.py"))
    module = importlib.util.module_from_spec(spec)
    present(spec.loader).exec_module(module)
    check: Callable[[dict[str, Any], Article], list[str]] = module.check
    return check


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_real_page_is_what_its_gold_says(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    page = (SHARED / "vietnam" / "pages" / gold["file"]).read_bytes()
    assert list(checker()(gold, extract(page, gold["url"]))) == []
