"""The real pages beside the checkout: each must be what its gold says. Skipped where they are not there."""

import importlib.util
import json

import pytest

from reader.extract import extract
from tests import SHARED

GOLD = sorted((SHARED / "vietnam" / "gold").glob("*.json"))

pytestmark = pytest.mark.skipif(not GOLD, reason="the gold pages are not beside this checkout")


def checker():
    spec = importlib.util.spec_from_file_location("gold", SHARED / "tools" / "gold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.check


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_real_page_is_what_its_gold_says(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    page = (SHARED / "vietnam" / "pages" / gold["file"]).read_bytes()
    assert list(checker()(gold, extract(page, gold["url"]))) == []
