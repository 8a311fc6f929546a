"""What is wrong with a record or a profile that somebody wrote by hand: key and reason, in words.

The value itself is never repeated: it may be a petitioner's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

_REASONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "缺少这一项",
    "extra_forbidden": lambda _: "没有这个键，可能写错了",
    "enum": lambda context: f"应为 {_choices(context)} 之一",
    "string_type": lambda _: "应为文字（加引号）",
    "string_too_short": lambda _: "不能为空",
    "int_type": lambda _: "应为整数",
    "int_parsing": lambda _: "应为整数",
    "bool_type": lambda _: "应为 true 或 false",
    "list_type": lambda _: "应为列表 [ … ]",
    "tuple_type": lambda _: "应为列表 [ … ]",
    "dict_type": lambda _: "应为一组键和值 { … }",
    "model_type": lambda _: "应为一组键和值 { … }",
    "model_attributes_type": lambda _: "应为一组键和值 { … }",
    "greater_than_equal": lambda context: f"不能小于{context['ge']}",
    "less_than_equal": lambda context: f"不能大于{context['le']}",
    "value_error": lambda context: str(context["error"]),
}


def refusals(error: ValidationError) -> list[tuple[str, str]]:
    """Give key and reason of everything that is wrong, in the order of the record."""
    return [
        (key_of(problem["loc"]), _reason(problem["type"], problem.get("ctx", {})))
        for problem in error.errors(include_url=False, include_input=False)
    ]


def key_of(place: Iterable[int | str]) -> str:
    """Write a place as it is found in the file: ``petitioners[0].document.type``."""
    key = ""
    for part in place:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return key


def _reason(kind: str, context: dict[str, Any]) -> str:
    told = _REASONS.get(kind)
    return told(context) if told else "内容不合要求"


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace("'", "").replace(", ", "、").replace(" or ", "、")
