"""What goes wrong before anything runs is told in one line with its cure."""

from __future__ import annotations

import importlib.util
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.settings import ROOT, Settings, load_secrets
from bot.supervise import PortTaken, check_ports, write_config
from tests.live import free_port


@pytest.fixture(scope="module")
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_tool", ROOT / "tools" / "setup.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def settings_on(tmp_path: Path, **ports: int) -> Settings:
    chosen = {f"{name}_port": free_port() for name in ("web", "rasa", "actions")} | ports
    return Settings(data_dir=tmp_path, **chosen)


def says(text: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit(1)"]


def test_a_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port} is taken.*XIAOER_RASA_PORT="):
            check_ports(settings_on(tmp_path, rasa_port=port))


def test_free_ports_pass(tmp_path: Path) -> None:
    check_ports(settings_on(tmp_path))


def test_a_full_disk_is_called_a_full_disk(setup: ModuleType) -> None:
    with pytest.raises(setup.SetupError, match="disk is full: free at least"):
        setup.run(says("OSError: [Errno 28] No space left on device"), "try again")


def test_too_little_room_is_told_before_anything_is_downloaded(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "NEEDED_BYTES", 1 << 60)
    with pytest.raises(setup.SetupError, match="nearly full"):
        setup.check_disk()


def test_an_unreachable_index_names_the_network_and_the_mirror(setup: ModuleType) -> None:
    with pytest.raises(
        setup.SetupError, match="index cannot be reached: check the network or your pip mirror"
    ):
        setup.run(says("error: Failed to fetch: dns error"), "Run the same command again.")


def test_no_python_names_the_version_and_how_to_get_it(setup: ModuleType, tmp_path: Path) -> None:
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\necho 'error: No interpreter found for Python 3.10'\nexit 2\n")
    uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(setup.SetupError, match="No compatible Python 3.10 was found.*pyenv install 3.10"):
        setup.build_environment(uv, dict(os.environ), str(tmp_path / "no-such-venv"), "3.10", ["rasa.txt"])


def test_the_user_s_pip_mirror_is_handed_on(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    handed_on = setup.uv_environment()
    assert handed_on["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert handed_on["UV_FIND_LINKS"] == "/wheels"


def test_torch_is_a_local_wheel_or_the_cpu_build_never_cuda(setup: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl").touch()
    assert setup.torch_options({"UV_FIND_LINKS": str(tmp_path)}) == []
    if sys.platform.startswith("linux"):
        assert setup.torch_options({}) == ["--torch-backend=cpu"]


def test_a_broken_file_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    faq = tmp_path / "faq"
    faq.mkdir()
    (faq / "sizes.yml").write_text(
        "topic: sizes\nentries:\n  - id: sizes.a\n   question: 坏的缩进\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "check"],
        cwd=ROOT,
        env=dict(os.environ, XIAOER_FAQ_DIR=str(faq), COLUMNS="400"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "sizes.yml:4: yaml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_secrets_are_generated_once_and_kept_from_others(tmp_path: Path) -> None:
    first = load_secrets(tmp_path / "var" / "secrets.json")
    assert load_secrets(tmp_path / "var" / "secrets.json") == first
    assert stat.S_IMODE((tmp_path / "var" / "secrets.json").stat().st_mode) == 0o600
    assert len(set(first.values())) == 2
    assert all(len(value) > 30 for value in first.values())


def test_the_supervisor_s_file_is_for_the_owner_only_and_binds_rasa_to_loopback(tmp_path: Path) -> None:
    config = write_config(settings_on(tmp_path))
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    text = config.read_text(encoding="utf-8")
    assert "--interface 127.0.0.1" in text
    assert "--enable-api" not in text
    assert text.count("autorestart=true") == 3
