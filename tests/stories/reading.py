"""Reading `.feature` files in Chinese: features, backgrounds, scenes and their sentences.

Strict: a line that is none of these is an error, with its file and its number.
"""

from dataclasses import dataclass
from pathlib import Path

LANGUAGE = "# language: zh-CN"
_FEATURE, _BACKGROUND, _SCENE = "功能:", "背景:", "场景:"
_BEGINS = ("假如", "当", "那么", "而且", "但是")


@dataclass(frozen=True)
class Sentence:
    """One step of a story; ``place`` is its file and line."""

    text: str
    place: str


@dataclass(frozen=True)
class Story:
    """One scene with everything that leads to it."""

    feature: str
    title: str
    sentences: tuple[Sentence, ...]


def read_stories(path: Path) -> list[Story]:
    """Read the stories of one file."""
    return stories(path.read_text(encoding="utf-8"), path.name)


def stories(text: str, name: str = "") -> list[Story]:
    """Read the stories of a feature; ValueError tells the line that cannot be understood."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != LANGUAGE:
        raise ValueError(f"{name}:1 不是以“{LANGUAGE}”开头")
    reader = _Reader()
    for number, line in enumerate(lines[1:], start=2):
        words, place = line.strip(), f"{name}:{number}"
        if words and not words.startswith("#") and not reader.take(words, place):
            raise ValueError(f"{place} 看不懂这一行：{words}")
    for title, sentences in reader.scenes:
        if not title or not sentences:
            raise ValueError(f"{name} 场景“{title}”是空的")
    return [
        Story(reader.feature, title, (*reader.background, *sentences))
        for title, sentences in reader.scenes
    ]


class _Reader:
    """Takes a feature line by line."""

    def __init__(self) -> None:
        self.feature = ""
        self.background: list[Sentence] = []
        self.scenes: list[tuple[str, list[Sentence]]] = []
        self._told: list[Sentence] | None = None

    def take(self, words: str, place: str) -> bool:
        """Take a line; False where it does not belong there."""
        if words.startswith(_FEATURE) and not self.feature:
            self.feature = words.removeprefix(_FEATURE).strip()
        elif words == _BACKGROUND and self.feature and not self.scenes:
            self._told = self.background
        elif words.startswith(_SCENE) and self.feature:
            self._told = []
            self.scenes.append((words.removeprefix(_SCENE).strip(), self._told))
        elif self._told is not None and (begin := _beginning(words)):
            self._told.append(Sentence(words.removeprefix(begin).strip(), place))
        else:
            return False
        return True


def _beginning(words: str) -> str:
    return next((one for one in _BEGINS if words.startswith(one)), "")
