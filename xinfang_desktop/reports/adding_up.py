"""Adding up offices (汇总): a county adds its townships' frozen figures, part by part.

A figures file holds counts and nothing else: no name, no number, no place and no body; free words
of a category of the office's own making are left out too. It says the SHA-256 of itself, so that a
figure altered on the way is found. Rates are added by their parts; percentages are never averaged.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from xinfang_desktop.casework.categories import is_known
from xinfang_desktop.casework.dimensions import CATEGORY, SUBCATEGORY
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Setting
from xinfang_desktop.models.period import Period, read_period

from .figures import Value
from .measures import MEASURES, Measure
from .snapshot import Frozen

FORMAT = "xinfang-figures/1"
OFFICES_SETTING = "reporting_offices"
"""The setting that lists the offices whose figures are added up."""

OWN_CATEGORY = "自编分类"

_UNREADABLE = "“{name}”不是单位上报的统计数据文件，没有汇总；请核对文件。"
_ALTERED = "“{name}”的内容与它自己的校验值不符，可能被改动过或没有传完整，没有汇总；请重新取得。"
_OTHER_PERIOD = (
    "“{office}”报的是{other}，其他单位报的是{period}，没有汇总；请只选同一统计期的文件。"
)
_NOTHING = "没有可以汇总的文件；请先选择各单位上报的统计数据文件。"

Count = Annotated[int, Field(ge=0, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ToldFigure(_Strict):
    """One figure as a file tells it, with the fingerprint of its definition."""

    key: str
    numerator: Count
    denominator: Count | None
    definition: str


class FiguresFile(_Strict):
    """单位上报的统计数据: the figures of one office for one period."""

    format: str
    office: str = Field(min_length=1)
    period: str
    version: int = Field(ge=1)
    frozen_on: date
    figures: tuple[ToldFigure, ...]
    groups: dict[str, dict[str, Count]]
    digest: str = ""

    @property
    def is_as_written(self) -> bool:
        """Whether its digest is that of what it says."""
        return self.digest == self.fingerprint

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all it says."""
        told = self.model_dump(mode="json", exclude={"digest"})
        written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class Added:
    """What several offices come to together.

    Attributes:
        given: the file of every office that was added, by the office's name.
        missing: expected offices of which there is no file.
        doubled: offices of which there were several files, with what was taken.
        unexpected: offices that nobody expected; they are added all the same.
        differing: figures that the offices define differently; they are not added.
        values: every other figure, added by its parts.
        groups: the groups of each dimension, added.
    """

    period: Period
    given: Mapping[str, FiguresFile]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unexpected: tuple[str, ...]
    differing: tuple[Measure, ...]
    values: Mapping[str, Value]
    groups: Mapping[str, Mapping[str, int]]

    def value_of(self, office: str, key: str) -> Value:
        """Give the figure of one office."""
        [told] = [one for one in self.given[office].figures if one.key == key]
        return Value(told.numerator, told.denominator)


def expected_offices(session: Session) -> tuple[str, ...]:
    """Give the offices that hand in their figures, as the list was kept last."""
    kept = session.get(Setting, OFFICES_SETTING)
    return tuple(json.loads(kept.value)) if kept else ()


def keep_expected_offices(session: Session, names: Sequence[str]) -> None:
    """Keep the list of the offices that hand in their figures, each once."""
    kept = session.get(Setting, OFFICES_SETTING) or Setting(key=OFFICES_SETTING, value="")
    given = dict.fromkeys(name.strip() for name in names if name.strip())
    kept.value = json.dumps([*given], ensure_ascii=False)
    session.add(kept)


def figures_file(kept: Frozen) -> bytes:
    """Write the figures file of a frozen summary."""
    record, content = kept.record, kept.content
    told = FiguresFile(
        format=FORMAT,
        office=content["office"],
        period=record.period,
        version=record.version,
        frozen_on=record.frozen_at.date(),
        figures=tuple(
            ToldFigure(
                key=key,
                numerator=value.numerator,
                denominator=value.denominator,
                definition=definition_of(MEASURES[key], content["threshold"]),
            )
            for key, value in kept.values.items()
            if key in MEASURES
        ),
        groups={key: _known(key, members) for key, members in content["groups"].items()},
    )
    signed = told.model_copy(update={"digest": told.fingerprint})
    return json.dumps(signed.model_dump(mode="json"), ensure_ascii=False, indent=1).encode()


def definition_of(measure: Measure, threshold: int) -> str:
    """Give the fingerprint of a definition, the office's threshold of 集体访 with it."""
    words = f"{measure.definition.format(many=threshold)}|{measure.unit.value}"
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def read_figures(content: bytes, *, name: str) -> FiguresFile:
    """Read a figures file; ``name`` is what the sentence calls it.

    Raises:
        OfficeError: it is none, or was altered since it was written.
    """
    try:
        told = FiguresFile.model_validate_json(content)
        read_period(told.period)
    except (ValidationError, OfficeError):
        raise OfficeError(_UNREADABLE.format(name=name)) from None
    if told.format != FORMAT:
        raise OfficeError(_UNREADABLE.format(name=name))
    if not told.is_as_written:
        raise OfficeError(_ALTERED.format(name=name))
    return told


def add_up(files: Sequence[FiguresFile], expected: Sequence[str] = ()) -> Added:
    """Add several offices' figures; the offices stand in the order they are expected in.

    Of several files of one office the highest version counts, and the office is named.

    Raises:
        OfficeError: there is nothing to add, or the files are of different periods.
    """
    if not files:
        raise OfficeError(_NOTHING)
    period = read_period(files[0].period)
    for one in files:
        if one.period != files[0].period:
            other = read_period(one.period).title
            raise OfficeError(
                _OTHER_PERIOD.format(office=one.office, other=other, period=period.title)
            )
    chosen, doubled = _one_each(files)
    given = {office: chosen[office] for office in _ordered(chosen, expected)}
    differing = _differing([*given.values()])
    return Added(
        period=period,
        given=given,
        missing=tuple(office for office in expected if office not in given),
        doubled=doubled,
        unexpected=tuple(office for office in given if expected and office not in expected),
        differing=differing,
        values=_added([*given.values()], {one.key for one in differing}),
        groups=_added_groups([*given.values()]),
    )


def _known(dimension: str, members: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Put categories of the office's own making together: their words may say anything."""
    counts = {group: len(ids) for group, ids in members.items()}
    if dimension not in (CATEGORY.key, SUBCATEGORY.key):
        return counts
    told: dict[str, int] = {}
    for group, number in counts.items():
        name = group if not group or group == SEALED_TITLE or is_known(group) else OWN_CATEGORY
        told[name] = told.get(name, 0) + number
    return told


def _one_each(
    files: Sequence[FiguresFile],
) -> tuple[dict[str, FiguresFile], tuple[str, ...]]:
    chosen: dict[str, FiguresFile] = {}
    for one in files:
        last = chosen.get(one.office)
        if last is None or (one.version, one.frozen_on) > (last.version, last.frozen_on):
            chosen[one.office] = one
    counts = {office: sum(one.office == office for one in files) for office in chosen}
    doubled = tuple(
        f"{office}（{counts[office]}份，取第{chosen[office].version}版）"
        for office in chosen
        if counts[office] > 1
    )
    return chosen, doubled


def _ordered(chosen: Mapping[str, Any], expected: Sequence[str]) -> list[str]:
    known = {office: place for place, office in enumerate(expected)}
    return sorted(chosen, key=lambda office: (known.get(office, len(known)), office))


def _differing(files: Sequence[FiguresFile]) -> tuple[Measure, ...]:
    definitions: dict[str, set[str]] = {}
    for one in files:
        for figure in one.figures:
            definitions.setdefault(figure.key, set()).add(figure.definition)
    return tuple(measure for key, measure in MEASURES.items() if len(definitions.get(key, ())) > 1)


def _added(files: Sequence[FiguresFile], without: set[str]) -> dict[str, Value]:
    """Add figures part by part; one that an office does not tell is not added at all."""
    told = [{figure.key: figure for figure in one.figures} for one in files]
    return {
        key: Value(
            sum(figures[key].numerator for figures in told),
            sum(figures[key].denominator or 0 for figures in told) if measure.is_ratio else None,
        )
        for key, measure in MEASURES.items()
        if key not in without and all(key in figures for figures in told)
    }


def _added_groups(files: Sequence[FiguresFile]) -> dict[str, dict[str, int]]:
    added: dict[str, dict[str, int]] = {}
    for one in files:
        for dimension, counts in one.groups.items():
            together = added.setdefault(dimension, {})
            for group, number in counts.items():
                together[group] = together.get(group, 0) + number
    return added
