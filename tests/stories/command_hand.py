"""The hand at the command line: the same story by ``xinfang register``, ``step`` and ``print``."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.helpers.commands import Ran, Xinfang
from tests.helpers.office import PASSWORD
from tests.helpers.pdf_reading import text_by_pdfium
from tests.stories.hands import Registered
from xinfang_desktop.casework import matters
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Channel, Kind, Route, SourceLevel, Stage
from xinfang_desktop.models.way import Act
from xinfang_desktop.store.database import open_store

YEAR = 2026
_WRITTEN: Mapping[str, Callable[[str], dict[str, object]]] = {
    "来源": lambda words: {"level": SourceLevel.from_label(words)},
    "上级编号": lambda words: {"number": words},
    "类别": lambda words: {"kind": Kind.from_label(words)},
    "处理途径": lambda words: {"route": Route.from_label(words)},
    "被反映人": lambda words: {"accused": words},
}
"""How a record writes what a story tells of a matter; the first two belong to its source."""

_OF_SOURCE = ("来源", "上级编号")


class CommandHand:
    """Somebody who types commands."""

    def __init__(self, xinfang: Xinfang, folder: Path) -> None:
        self._xinfang, self._folder = xinfang, folder
        self._number = ""
        self._waiting: list[str] = []
        self.papers: list[str] = []

    def call_superior(self, name: str) -> None:
        """The office is set up with it; a command for that is ``init --office``."""
        store = open_store(self._xinfang.folder, password=PASSWORD)
        profile = store.read(matters.office_profile).model_copy(update={"superior_bureau": name})
        store.do(lambda session: matters.save_office_profile(session, profile))
        store.close()

    def register(self, given: Registered) -> None:
        """``xinfang register``."""
        record: dict[str, Any] = {
            "channel": Channel.from_label(given.channel),
            "received_on": given.on.isoformat(),
            "petitioners": [
                {"name": given.name, "phone": "13800001234", "address": "灵芝街道解放村88号"}
            ],
            "claim": given.claim,
        }
        for title, words in given.clauses.items():
            place = record.setdefault("source", {}) if title in _OF_SOURCE else record
            place.update(_WRITTEN[title](words))
        file = self._folder / "登记.json"
        file.write_text(json.dumps([record], ensure_ascii=False), encoding="utf-8")
        [done] = json.loads(self._ran("register", str(file), "--json").out)
        self._number = done["number"]

    def act(self, act: str, on: date, by: str, clauses: Mapping[str, str]) -> None:
        """``xinfang step NUMBER ACT --on DAY``."""
        asks = {ask.title: ask.key for ask in _act(act).asks}
        words = ["step", self._number, act, "--on", on.isoformat()]
        if by:
            words += ["--by", by]
        for title, value in clauses.items():
            assert title in asks, f"“{act}”不问{title}"
            words += ["--set", f"{asks[title]}={_typed(value)}"]
        ran = self._xinfang(*words)
        self._waiting = words if "确认请加 --confirm" in ran.err else []
        assert ran.code == 0 or self._waiting, ran.err

    def confirm(self, words: str) -> None:
        """The same with ``--confirm``."""
        assert self._waiting, "没有要确认的"
        self._ran(*self._waiting, "--confirm", "recusal")
        self._waiting = []

    def take_back(self) -> None:
        """``xinfang step NUMBER 撤回``."""
        self._ran("step", self._number, "撤回")

    def why_not(self, act: str) -> str:
        """Try it, and read the one line on stderr."""
        told = str(self._offer(act)["refusal"])
        assert self._xinfang("step", self._number, act).code == 1
        return told

    def write_on_paper(self, paper: str, title: str, words: str) -> None:
        """A letter printed by the command line has its room to be written in by hand."""

    def print(self, paper: str) -> str:
        """``xinfang print PAPER NUMBER --to FILE.pdf``."""
        key = next(key for key, one in FORMS.items() if one.title == paper)
        file = self._folder / f"{len(self.papers)}.pdf"
        self._ran("print", key, self._number, "--to", str(file))
        text = text_by_pdfium(file.read_bytes())
        self.papers.append(text)
        return text

    @property
    def stage(self) -> str:
        """What ``xinfang show`` tells."""
        [told] = json.loads(self._ran("show", self._number, "--json").out)
        return Stage.from_code(told["stage"]).label

    @property
    def following(self) -> str:
        """What ``xinfang step NUMBER`` marks; what clears the way comes before what is barred."""
        offers = self._offers()
        marked = next((one for one in offers if one["next"]), None)
        return str(marked["title"]) if marked else ""

    @property
    def offered(self) -> list[str]:
        """What ``xinfang step NUMBER`` lists."""
        return [one["title"] for one in self._offers()]

    @property
    def history(self) -> str:
        """What ``xinfang show`` tells of what was done."""
        return self._ran("show", self._number).out

    def _offers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self._ran("step", self._number, "--json").out)
        return found

    def _offer(self, act: str) -> dict[str, Any]:
        offers = self._offers()
        assert act in [one["title"] for one in offers], [one["title"] for one in offers]
        return next(one for one in offers if one["title"] == act)

    def _ran(self, *words: str) -> Ran:
        ran = self._xinfang(*words)
        assert ran.code == 0, ran.err
        return ran


def _act(title: str) -> Act:
    return next(act for act in ACTS.values() if act.action.label == title)


def _typed(value: str) -> str:
    """Write a day as the command line wants it; everything else as it is."""
    month, _, rest = value.partition("月")
    if month.isdecimal() and rest.removesuffix("日").isdecimal() and rest.endswith("日"):
        return date(YEAR, int(month), int(rest.removesuffix("日"))).isoformat()
    return value.replace("\\n", "\n")
