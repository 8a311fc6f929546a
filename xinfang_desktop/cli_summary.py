"""What ``xinfang summary`` does: a period summed up, printed, frozen, compared, and added up.

The words of the command line are ``cli``'s; here is what they stand for, in plain values and lines.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desktop.errors import OfficeError

if TYPE_CHECKING:
    from sqlmodel import Session

    from xinfang_desktop.models import Right
    from xinfang_desktop.models.period import Period
    from xinfang_desktop.models.report import Part, Report
    from xinfang_desktop.reports.figures import Figure, Value
    from xinfang_desktop.reports.snapshot import Change, Frozen
    from xinfang_desktop.reports.summary import Summary
    from xinfang_desktop.store.database import Store

FIGURES_FILE = ".json"
_NO_SUCH_ENDING = (
    "统计不能写成“{ending}”文件，没有写；请把文件名改为以 .xlsx、.docx、.pdf 结尾，"
    "上报的数据文件以 .json 结尾。"
)
_NOT_FROZEN = "{title}还没有封存，没有可以上报的数据文件；请先加 --freeze 封存。"
_NO_VERSION = "{title}没有第{version}版封存的统计；请用 xinfang summary {code} --changes 查看。"


class Summing:
    """One run of the command on an open store."""

    def __init__(self, store: "Store", code: str, *, now: datetime) -> None:
        from xinfang_desktop.models.period import read_period

        self._store, self._now = store, now
        self._period = read_period(code)

    @property
    def period(self) -> "Period":
        """The period."""
        return self._period

    def lines(self) -> list[str]:
        """Say what the summary says."""
        return self._summary().report.text.split("\n")

    def objects(self) -> list[dict[str, Any]]:
        """Give every figure with the numbers of its matters."""
        summary = self._summary()
        return self._store.read(lambda session: _objects(session, summary))

    def freeze(self, reason: str) -> str:
        """Freeze the summary and say so."""
        from xinfang_desktop.reports.snapshot import freeze

        viewer = self._store.viewer
        kept, _ = self._store.do(
            lambda session: freeze(
                session, self._period, viewer=viewer, now=self._now, reason=reason
            )
        )
        return f"已封存：{self._period.title}，{kept.seal}"

    def changes(self) -> list[str]:
        """Say what changed since the latest version was frozen."""
        from xinfang_desktop.reports.snapshot import changes

        kept = self._frozen(None)
        found = self._store.read(lambda session: changes(session, kept, today=self._now.date()))
        told = [f"{self._period.title}，{kept.seal}"]
        return told + ([_change(one) for one in found] or ["封存以来没有变化。"])

    def write(self, to: Path, *, version: int | None = None) -> None:
        """Write the summary, or a frozen version of it, into a file by its ending."""
        from xinfang_desktop.files import write_file_atomically
        from xinfang_desktop.forms.printing import REPORT_PRINTERS
        from xinfang_desktop.models import Right
        from xinfang_desktop.reports.adding_up import figures_file
        from xinfang_desktop.reports.workbook import export_workbook, report_workbook

        ending, viewer = to.suffix.lower(), self._store.viewer
        if ending in REPORT_PRINTERS:
            report = self._report(version)
            self._noted(Right.PRINT)
            write_file_atomically(to, REPORT_PRINTERS[ending](report), private=True)
        elif ending == ".xlsx" and version is None:
            summary = self._summary()
            self._store.read(lambda session: export_workbook(session, summary, to, viewer=viewer))
        elif ending == ".xlsx":
            self._noted(Right.EXPORT)
            write_file_atomically(to, report_workbook(self._report(version)), private=True)
        elif ending == FIGURES_FILE:
            kept = self._frozen(version)
            self._noted(Right.EXPORT)
            write_file_atomically(to, figures_file(kept))
        else:
            raise OfficeError(_NO_SUCH_ENDING.format(ending=to.suffix))

    def _summary(self) -> "Summary":
        from xinfang_desktop.reports.summary import summarise

        today = self._now.date()
        return self._store.read(lambda session: summarise(session, self._period, today=today))

    def _report(self, version: int | None) -> "Report":
        return self._summary().report if version is None else self._frozen(version).report

    def _frozen(self, version: int | None) -> "Frozen":
        from xinfang_desktop.reports.snapshot import frozen, versions

        def read(session: "Session") -> "Frozen":
            kept = versions(session, self._period)
            if not kept:
                raise OfficeError(_NOT_FROZEN.format(title=self._period.title))
            wanted = [one for one in kept if version in (None, one.version)]
            if not wanted:
                raise OfficeError(
                    _NO_VERSION.format(
                        title=self._period.title, version=version, code=self._period.code
                    )
                )
            assert wanted[0].id is not None
            return frozen(session, wanted[0].id)

        return self._store.read(read)

    def _noted(self, right: "Right") -> None:
        """Refuse whoever may not, and note in the trail that a summary went out."""
        from xinfang_desktop.casework.audit import note, require
        from xinfang_desktop.models import Noted, Right

        require(self._store.viewer, right)
        act = Noted.PRINT if right is Right.PRINT else Noted.EXPORT
        detail = f"统计{self._period.code}"
        self._store.read(lambda session: note(session, act, detail=detail))


def added_up(files: Sequence[Path], offices: Sequence[str], to: Path | None) -> list[str]:
    """Add up several offices' figures files, write the sum where one is wanted, and say it."""
    from xinfang_desktop.files import read_file, write_file_atomically
    from xinfang_desktop.forms.printing import REPORT_PRINTERS
    from xinfang_desktop.reports.adding_up import add_up, read_figures
    from xinfang_desktop.reports.sum_report import sum_report
    from xinfang_desktop.reports.workbook import report_workbook

    given = [
        read_figures(read_file(path, what=f"统计数据文件“{path.name}”"), name=path.name)
        for path in files
    ]
    report = sum_report(add_up(given, offices))
    if to is not None:
        printers = {**REPORT_PRINTERS, ".xlsx": report_workbook}
        printer = printers.get(to.suffix.lower())
        if printer is None:
            raise OfficeError(_NO_SUCH_ENDING.format(ending=to.suffix))
        write_file_atomically(to, printer(report))
    return report.text.split("\n")


def _objects(session: "Session", summary: "Summary") -> list[dict[str, Any]]:
    return [_object(session, summary, figure) for figure in summary.figures.values()]


def _object(session: "Session", summary: "Summary", figure: "Figure") -> dict[str, Any]:
    measure = figure.measure
    told: dict[str, Any] = {
        "key": measure.key,
        "name": measure.name,
        "unit": measure.unit.label,
        **_value(figure, figure.value),
        "previous": _value(figure, figure.before),
        "year_ago": _value(figure, figure.year_ago),
        "period": summary.period.code,
        "definition": measure.defined(summary.scope.office),
        "rule": measure.rule,
        "source": measure.source,
    }
    from xinfang_desktop.models.report import Part

    told |= _numbers(session, summary, figure, Part.NUMERATOR, "")
    if measure.is_ratio:
        told |= _numbers(session, summary, figure, Part.DENOMINATOR, "denominator_")
    return told


def _value(figure: "Figure", value: "Value") -> Mapping[str, Any]:
    from xinfang_desktop.reports.measures import Unit
    from xinfang_desktop.reports.words import rounded

    amount = value.amount
    shown: float | int | None = None
    if amount is not None:
        times = 100 if figure.measure.unit is Unit.PER_CENT else 1
        is_ratio = figure.measure.is_ratio
        shown = float(rounded(amount * times)) if is_ratio else value.numerator
    return {"value": shown, "numerator": value.numerator, "denominator": value.denominator}


def _numbers(
    session: "Session",
    summary: "Summary",
    figure: "Figure",
    part: "Part",
    prefix: str,
) -> dict[str, Any]:
    """Give the numbers of the matters behind a part; the sealed ones are only counted."""
    from xinfang_desktop.casework.ledger import lines
    from xinfang_desktop.reports.figures import behind

    ids = [*behind(session, summary.scope, figure.pointer(part))]
    found = [*lines(session, ids)]
    return {
        f"{prefix}matters": len(found),
        f"{prefix}numbers": [line.number for line in found if not line.sealed],
        f"{prefix}sealed": sum(line.sealed for line in found),
    }


def _change(change: "Change") -> str:
    from xinfang_desktop.reports.words import with_parts

    was, now = (with_parts(change.measure, value) for value in (change.was, change.now))
    return f"{change.name}\t{was} → {now}\t{change.reasons}"
