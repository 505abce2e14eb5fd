"""Settings: from the checkout and from the wheel, and what a wrong one says."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader import config
from reader.errors import BadSetting

ROOT = Path(__file__).parents[1]


def test_a_checkout_reads_its_own_config_folder() -> None:
    assert config.shipped() == ROOT / "config"
    assert config.load(None).reader.measure == 72


def test_the_wheel_carries_the_config_folder_and_reads_it_there(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("newsstand-*.whl")
    unpacked = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    assert (unpacked / "reader/_config/default.toml").read_bytes() == (ROOT / "config/default.toml").read_bytes()
    ask = (
        "from reader import config; print(config.shipped()); config.load();"
        "print(*[name for name, _ in config.site_rule_files()])"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=unpacked,
        env={"PYTHONPATH": str(unpacked), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert Path(told[0]) == unpacked / "reader/_config"
    assert told[1].split() == sorted(path.stem for path in (ROOT / "config/sites").glob("*.toml"))


def test_the_users_file_overrides_one_setting_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reader]\nmeasure = 66\n")
    settings = config.load(file)
    assert settings.reader.measure == 66
    assert settings.refresh == config.load(None).refresh


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[reader]\nmeasure = 'wide'\n", "reader.measure is 'wide'"),
        ("[reader]\nmeasure = 4000\n", "reader.measure is 4000"),
        ("[reader]\nmeasure = 100\n", "reader.measure is 100"),
        ("[reader]\ntherme = 'dark'\n", "reader.therme: there is no such setting"),
        ("[raeder]\n", "[raeder]: there is no such section"),
        ("reader = 3\n", "reader is a section"),
        ("[reader\n", "line 1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(BadSetting) as caught:
        config.load(file)
    assert str(file) in str(caught.value)
    assert named in str(caught.value)


def test_a_file_that_cannot_be_settings_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.toml"):
        with pytest.raises(BadSetting, match=str(path)):
            config.load(path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# caf\xe9\n")
    with pytest.raises(BadSetting, match="UTF-8"):
        config.load(latin)


def test_every_shipped_setting_is_known_and_commented() -> None:
    for line in (ROOT / "config/default.toml").read_text(encoding="utf-8").splitlines():
        if "=" in line:
            assert "#" in line, line


def test_the_measure_that_may_be_set_is_the_measure_that_is_drawn(tmp_path: Path) -> None:
    from reader.ui.article_view import NARROWEST, WIDEST

    for cells, fits in ((NARROWEST - 1, False), (NARROWEST, True), (WIDEST, True), (WIDEST + 1, False)):
        file = tmp_path / "config.toml"
        file.write_text(f"[reader]\nmeasure = {cells}\n")
        if fits:
            assert config.load(file).reader.measure == cells
        else:
            with pytest.raises(BadSetting):
                config.load(file)
