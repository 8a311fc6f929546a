"""The office's own papers: forms written as TOML in the folder ``forms`` beside the data.

A file says the same as a form written in Python: columns, rows, cells, paths. What is wrong in it
is told by file, line and reason, all of it at once; a file with a fault is left out, the others
are used.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file
from xinfang_desktop.models import Matter, OfficeProfile

from .binding import Binding, bind
from .compose import compose_blank
from .definition import AnyCell, Choice, Form, Inline, Label, Line, Margins, Row, Signature, Text
from .grid import place
from .papers import AnyPaper
from .toml_lines import Lines, Where, lines_of

FOLDER = "forms"
MOST_BYTES = 256 * 1024
_KEY = re.compile(r"[a-z][a-z0-9_]{1,60}")
_BRACES = re.compile(r"\{([^{}]*)\}")
_NEVER_TYPED = {
    *("id", "number", "series", "year", "serial", "state", "registered_at", "registered_by"),
    *("void_reason", "gaps", "petition_id", "round"),
}

Told: TypeAlias = Mapping[str, Any]
Found: TypeAlias = Iterator[tuple[Where, str]]


@dataclass(frozen=True)
class FormProblem:
    """What is wrong in a form file: the file, the line and the reason."""

    file: str
    line: int
    reason: str

    @property
    def sentence(self) -> str:
        """The same in one sentence."""
        return f"{self.file} 第{self.line}行：{self.reason}。"


def all_papers(folder: Path) -> dict[str, AnyPaper]:
    """Give the papers of the program and those of the office whose data lies in ``folder``."""
    from .catalogue import FORMS

    own, _ = load_office_forms(folder / FOLDER)
    return {**FORMS, **own}


def load_office_forms(folder: Path) -> tuple[dict[str, Form], list[FormProblem]]:
    """Read every form file of ``folder``; gives the forms by key, and what is wrong in files."""
    from .catalogue import FORMS

    forms: dict[str, Form] = {}
    problems: list[FormProblem] = []
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        form, wrong = read_office_form(file)
        if form and form.key in (FORMS.keys() | forms.keys()):
            taken = f"已有名称（key）为“{form.key}”的文书，请换一个"
            wrong, form = [FormProblem(file.name, _line_of_key(file), taken)], None
        problems += wrong
        if form:
            forms[form.key] = form
    return forms, problems


def read_office_form(file: Path) -> tuple[Form | None, list[FormProblem]]:
    """Read one form file: the form, or everything that is wrong in it."""
    try:
        content = read_file(file, what="表单文件", limit=MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [FormProblem(file.name, 1, "不是UTF-8编码的文字，请另存为UTF-8")]
    except OfficeError as error:
        return None, [FormProblem(file.name, 1, error.sentence.rstrip("。"))]
    return parse_office_form(content, file.name)


def parse_office_form(content: str, name: str) -> tuple[Form | None, list[FormProblem]]:
    """Make a form of the text of a file, or give everything that is wrong in it."""
    content = content.replace("\r\n", "\n")
    try:
        told = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        return None, [FormProblem(name, _syntax_line(content, str(error)), _syntax(str(error)))]
    lines = lines_of(content)
    wrong = [FormProblem(name, lines.line(where), reason) for where, reason in _faults(told)]
    if wrong:
        return None, sorted(wrong, key=lambda problem: problem.line)
    try:
        form = _form(told)
        compose_blank(form, OfficeProfile())
    except ValueError as error:
        where, reason = _late(str(error))
        return None, [FormProblem(name, lines.line(where), reason)]
    return form, []


# what is wrong

_STRINGS = ("key", "title", "headline", "heading", "heading_left", "note", "series")
_NEEDED = ("key", "title", "headline", "columns", "rows")
_TOP = {*_STRINGS, *_NEEDED, "version", "margins"}
_SIDES = ("top", "left", "right", "bottom")
_COMMON: dict[str, type] = {"cols": int, "rows": int, "joined": bool}
_CELLS: dict[str, dict[str, type]] = {
    "label": {"vertical": bool},
    "line": {"printed": str, "empty": str},
    "text": {"printed": str, "caption": str},
    "choice": {"inline": list},
    "signature": {"dated": bool, "head": str},
}
_TYPES = {str: "文字（加引号）", int: "整数", bool: "true 或 false", list: "列表 [ … ]"}


def _faults(told: Told) -> Found:
    """Yield everything that is wrong, with where it stands."""
    for key in told.keys() - _TOP:
        yield (key,), f"没有“{key}”这个键，可能写错了"
    for key in _NEEDED:
        if key not in told:
            yield (), f"缺少“{key}”"
    for key in _STRINGS:
        if key in told:
            yield from _string_faults(told[key], (key,), key)
    if not _KEY.fullmatch(str(told.get("key", "aa"))):
        yield ("key",), "key 只能用小写英文字母、数字和下划线，以字母开头"
    if not _is_number(told.get("version", 1), int) or told.get("version", 1) < 1:
        yield ("version",), "version 应为整数，从1起"
    margins = [*_margin_faults(told.get("margins", {}))]
    yield from margins
    yield from _column_faults(told, margins_well=not margins)
    columns = told.get("columns")
    yield from _row_faults(told.get("rows", []), len(columns) if isinstance(columns, list) else 0)


def _string_faults(value: object, where: Where, key: str) -> Found:
    if not isinstance(value, str):
        yield where, f"{key} 应为{_TYPES[str]}"
        return
    for path in _BRACES.findall(value):
        if reason := _path_fault(path):
            yield where, reason


def _margin_faults(margins: object) -> Found:
    if not isinstance(margins, dict):
        yield ("margins",), "[margins] 应为一组键和值"
        return
    for side, value in margins.items():
        if side not in _SIDES:
            yield ("margins", side), f"没有“{side}”这个键，只有 {'、'.join(_SIDES)}"
        elif not _is_number(value) or not 5 <= value <= 60:
            yield ("margins", side), f"{side} 应为5到60之间的毫米数"


def _column_faults(told: Told, *, margins_well: bool) -> Found:
    columns = told.get("columns", [1])
    if not isinstance(columns, list) or not columns:
        yield ("columns",), "columns 应为各栏宽度（毫米）的列表"
    elif not all(_is_number(width) and width > 0 for width in columns):
        yield ("columns",), "columns 里的每一项都应为大于0的毫米数"
    elif margins_well and "columns" in told:
        margins = _margins(told)
        wide = Form.page[0] - margins.left - margins.right
        if abs(sum(columns) - wide) > 0.01:
            yield ("columns",), f"各栏合计{sum(columns):g}毫米，纸上可用的宽度是{wide:g}毫米"


def _row_faults(rows: object, columns: int) -> Found:
    if not isinstance(rows, list) or not rows or not all(isinstance(one, dict) for one in rows):
        yield ("rows",), "rows 应写成一个或多个 [[rows]]"
        return
    spans: list[list[_Span]] = []
    for number, row in enumerate(rows):
        where: Where = ("rows", number)
        for key in row.keys() - {"height", "cells"}:
            yield (*where, key), f"没有“{key}”这个键，只有 height、cells"
        height = row.get("height", 10.5)
        if not _is_number(height) or height <= 0:
            yield (*where, "height"), "height 应为大于0的毫米数"
        cells = row.get("cells", [])
        if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
            yield (*where, "cells"), "cells 应为格子的列表，每个格子写在 { … } 里"
            return
        for place_, cell in enumerate(cells):
            yield from _cell_faults(cell, (*where, place_))
        spans.append([_Span.of(cell) for cell in cells])
    if columns:
        yield from _grid_faults(spans, columns)


def _cell_faults(cell: Told, where: Where) -> Found:
    kinds = [kind for kind in _CELLS if kind in cell]
    if len(kinds) != 1:
        yield where, f"每个格子要写明是哪一种，且只写一种：{'、'.join(_CELLS)}"
        return
    kind = kinds[0]
    allowed = {**_COMMON, **_CELLS[kind], kind: str}
    for key, value in cell.items():
        if key not in allowed:
            yield where, f"{kind} 格子没有“{key}”这个键，只有 {'、'.join(allowed)}"
        elif not _is_of(value, allowed[key]):
            yield where, f"{key} 应为{_TYPES[allowed[key]]}"
    for key in ("cols", "rows"):
        if _is_number(cell.get(key, 1), int) and cell.get(key, 1) < 1:
            yield where, f"{key} 最小是1"
    yield from _content_faults(kind, cell, where)


def _content_faults(kind: str, cell: Told, where: Where) -> Found:
    """Yield what is wrong with the paths and words of a cell."""
    content = cell[kind]
    if not isinstance(content, str):
        return
    if kind in ("label", "signature"):
        words = [content, cell.get("head", "")]
        for path in _BRACES.findall("".join(map(str, words))):
            if reason := _path_fault(path):
                yield where, reason
        return
    if reason := _path_fault(content) or _typed_fault(kind, content):
        yield where, reason
    if (printed := cell.get("printed")) and (reason := _path_fault(str(printed))):
        yield where, reason
    for path in _BRACES.findall(str(cell.get("caption", ""))):
        if reason := _path_fault(path):
            yield where, reason
    if kind == "choice" and not _path_fault(content):
        yield from _inline_faults(cell.get("inline", []), bind(Matter, content), where)


def _inline_faults(inline: object, binding: Binding, where: Where) -> Found:
    for blank in inline if isinstance(inline, list) else ():
        if not isinstance(blank, dict) or not {"choice", "caption", "path"} <= blank.keys():
            yield where, "inline 里的每一项要写 choice、caption、path"
            continue
        if strange := blank.keys() - {"choice", "caption", "path", "room"}:
            yield where, f"inline 里没有“{sorted(strange)[0]}”这个键"
        codes = [choice.value for choice in binding.choices]
        if blank["choice"] not in codes:
            yield where, f"没有“{blank['choice']}”这个选项，只有 {'、'.join(codes)}"
        if reason := _path_fault(str(blank["path"])) or _typed_fault("line", str(blank["path"])):
            yield where, reason


def _path_fault(path: str) -> str:
    """Say why a path leads nowhere; empty where it leads somewhere."""
    try:
        bind(Matter, path)
    except (ValueError, IndexError):
        return f"没有“{path}”这一项，请核对写法"
    return ""


def _typed_fault(kind: str, path: str) -> str:
    """Say why a blank cannot be bound to a path: it is not typed, or is of another kind."""
    binding = bind(Matter, path)
    if not binding.title or path.rsplit(".", 1)[-1] in _NEVER_TYPED:
        return f"“{path}”由程序给出，不能在纸上填写；要印出来请写 printed，或在文字里写 {{{path}}}"
    if kind == "choice" and not binding.choices:
        return f"“{path}”没有可勾选的项，请改用 line 或 text"
    if kind != "choice" and binding.choices:
        return f"“{path}”是勾选的项，请改用 choice"
    if kind == "text" and binding.type is not str:
        return f"“{path}”不是文字，请改用 line"
    return ""


def _grid_faults(spans: Sequence[Sequence["_Span"]], columns: int) -> Found:
    """Yield the first row that leaves a gap or finds no room; those after it cannot be told."""
    for number in range(len(spans)):
        reach = [[_cut(span, number - row) for span in one] for row, one in enumerate(spans)]
        try:
            place(reach[: number + 1], columns)
        except ValueError as error:
            gap = re.search(r"columns \[(.*)\] are not filled", str(error))
            unfilled = "、".join(gap[1].split(", ")) if gap else ""
            reason = (
                f"这一行的第{unfilled}栏没有格子"
                if gap
                else "这一行放不下这些格子：跨栏太多，或与上一行跨下来的格子重叠"
            )
            yield ("rows", number), reason
            return
    for number, row in enumerate(spans):
        if any(number + span.rows > len(spans) for span in row):
            yield ("rows", number), "有格子跨到了最后一行之外"
            return


@dataclass(frozen=True)
class _Span:
    cols: int = 1
    rows: int = 1

    @classmethod
    def of(cls, cell: Told) -> "_Span":
        spans = [cell.get(key, 1) for key in ("cols", "rows")]
        return cls(*(span if _is_number(span, int) and span > 0 else 1 for span in spans))


def _cut(span: _Span, below: int) -> _Span:
    """Let a span reach no further than ``below`` more rows, while only those are looked at."""
    return _Span(span.cols, min(span.rows, below + 1)) if below >= 0 else span


def _is_number(value: object, kind: type | tuple[type, ...] = (int, float)) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _is_of(value: object, kind: type) -> bool:
    return _is_number(value, int) if kind is int else isinstance(value, kind)


def _late(error: str) -> tuple[Where, str]:
    """Put what only composing finds into words."""
    if found := re.search(r"([\d.]+) mm too high", error):
        return ("rows",), f"各行加起来太高，比一页多出{found[1]}毫米"
    return ("rows",), "各行加起来太高，一页放不下"


def _syntax(error: str) -> str:
    if "overwrite" in error or "twice" in error or "defined" in error:
        return "同一个键或表写了两次"
    if "end of document" in error:
        return "文件不完整，引号或括号没有配对"
    return "写法不对，请核对引号、等号、逗号和括号"


def _syntax_line(content: str, error: str) -> int:
    found = re.search(r"at line (\d+)", error)
    return int(found[1]) if found else content.rstrip("\n").count("\n") + 1


def _line_of_key(file: Path) -> int:
    return lines_of(file.read_text(encoding="utf-8-sig")).line(("key",))


# making the form


def _form(told: Told) -> Form:
    words = {key: told[key] for key in _STRINGS if key in told}
    return Form(
        columns=tuple(map(float, told["columns"])),
        rows=tuple(map(_row, told["rows"])),
        version=told.get("version", 1),
        margins=_margins(told),
        **words,
    )


def _margins(told: Told) -> Margins:
    return Margins(**{side: float(value) for side, value in told.get("margins", {}).items()})


def _row(told: Told) -> Row:
    return Row(tuple(map(_cell, told.get("cells", []))), float(told.get("height", 10.5)))


_MAKE: dict[str, Callable[..., AnyCell]] = {
    "label": Label,
    "line": Line,
    "text": Text,
    "choice": Choice,
    "signature": Signature,
}


def _cell(told: Told) -> AnyCell:
    kind = next(kind for kind in _MAKE if kind in told)
    rest = {key: value for key, value in told.items() if key != kind}
    if "inline" in rest:
        rest["inline"] = tuple(Inline(**blank) for blank in rest["inline"])
    return _MAKE[kind](told[kind], **rest)


__all__ = [
    "FOLDER",
    "FormProblem",
    "Lines",
    "all_papers",
    "load_office_forms",
    "parse_office_form",
    "read_office_form",
]
