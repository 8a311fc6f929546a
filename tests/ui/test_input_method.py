"""Chinese typing on Linux: fcitx5 is heard, a choice that works is left alone."""

import sys

import pytest

from xinfang_desktop.ui import input_method

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


@pytest.mark.parametrize("hint", ["QT_IM_MODULE", "GTK_IM_MODULE", "INPUT_METHOD"])
def test_fcitx_is_heard_through_ibus(hint: str) -> None:
    environment = {hint: "fcitx"}
    input_method.prepare(environment)
    assert (environment["QT_IM_MODULE"], environment["IBUS_USE_PORTAL"]) == ("ibus", "1")


def test_xmodifiers_tell_it_too() -> None:
    environment = {"XMODIFIERS": "@im=fcitx"}
    input_method.prepare(environment)
    assert environment["QT_IM_MODULE"] == "ibus"


def test_a_module_that_works_is_left_alone() -> None:
    environment = {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}
    input_method.prepare(environment)
    assert "IBUS_USE_PORTAL" not in environment


def test_without_fcitx_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_method, "_fcitx_runs", lambda: False)
    environment: dict[str, str] = {}
    input_method.prepare(environment)
    assert environment == {}


def test_the_running_programs_can_be_asked() -> None:
    assert isinstance(input_method._fcitx_runs(), bool)
