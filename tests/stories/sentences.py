"""What the sentences of the stories mean: each is bound to one thing that a hand can do."""

import re
from collections.abc import Callable
from datetime import date

from tests.stories.hands import Hand, Registered
from tests.stories.reading import Sentence, Story

Meaning = Callable[..., None]
YEAR = 2026

_QUOTED = r"“([^”]*)”"
_DAY = r"(\d{1,2})月(\d{1,2})日"
_BINDINGS: list[tuple[re.Pattern[str], Meaning]] = []
_CLAUSE = re.compile(rf"，([^，“”]+)是{_QUOTED}")
_CLAUSES = r"((?:，[^，“”]+是“[^”]*”)*)"


def means(pattern: str) -> Callable[[Meaning], Meaning]:
    """Bind sentences of this form."""

    def bind(meaning: Meaning) -> Meaning:
        _BINDINGS.append((re.compile(pattern), meaning))
        return meaning

    return bind


def meaning_of(sentence: Sentence) -> tuple[Meaning, tuple[str, ...]]:
    """Give the one meaning of a sentence; LookupError where it has none, or more than one."""
    found = [
        (meaning, match.groups())
        for pattern, meaning in _BINDINGS
        if (match := pattern.fullmatch(sentence.text))
    ]
    if len(found) != 1:
        raise LookupError(f"{sentence.place} 有{len(found)}种意思：{sentence.text}")
    return found[0]


def play(story: Story, hand: Hand) -> None:
    """Play a story from the first sentence to the last."""
    told = [(sentence, *meaning_of(sentence)) for sentence in story.sentences]
    for sentence, meaning, parts in told:
        try:
            meaning(hand, *parts)
        except AssertionError as error:
            raise AssertionError(f"{sentence.place} {sentence.text}：{error}") from error


def used_meanings(stories: list[Story]) -> set[Meaning]:
    """Give the meanings that the sentences of some stories have."""
    return {meaning_of(sentence)[0] for story in stories for sentence in story.sentences}


def all_meanings() -> set[Meaning]:
    """Give every meaning that is bound."""
    return {meaning for _, meaning in _BINDINGS}


def _clauses(text: str | None) -> dict[str, str]:
    return dict(_CLAUSE.findall(text or ""))


def _on(month: str, day: str) -> date:
    return date(YEAR, int(month), int(day))


@means(rf"本单位的上级信访局是{_QUOTED}")
def superior(hand: Hand, name: str) -> None:
    hand.call_superior(name)


@means(rf"{_DAY}登记一件(来访|来信|来电|网上信访|信访代办)，{_QUOTED}反映{_QUOTED}{_CLAUSES}")
def registered(
    hand: Hand, month: str, day: str, channel: str, name: str, claim: str, clauses: str
) -> None:
    hand.register(Registered(_on(month, day), channel, name, claim, _clauses(clauses)))


@means(rf"{_DAY}(?:由{_QUOTED})?办“([^”]*)”{_CLAUSES}")
def acted(hand: Hand, month: str, day: str, by: str | None, act: str, clauses: str) -> None:
    hand.act(act, _on(month, day), by or "", _clauses(clauses))


@means(rf"确认{_QUOTED}")
def confirmed(hand: Hand, words: str) -> None:
    hand.confirm(words)


@means(r"撤回上一步")
def taken_back(hand: Hand) -> None:
    hand.take_back()


@means(rf"这一件到了{_QUOTED}")
def stands(hand: Hand, stage: str) -> None:
    assert hand.stage == stage, hand.stage


@means(rf"下一步是{_QUOTED}")
def follows(hand: Hand, act: str) -> None:
    assert hand.following == act, hand.following


@means(rf"现在不能办{_QUOTED}，因为{_QUOTED}")
def refused(hand: Hand, act: str, why: str) -> None:
    told = hand.why_not(act)
    assert why in told, told


@means(rf"现在没有{_QUOTED}可办")
def not_offered(hand: Hand, act: str) -> None:
    assert act not in hand.offered, hand.offered


@means(rf"在{_QUOTED}上把{_QUOTED}写成{_QUOTED}")
def written(hand: Hand, paper: str, title: str, words: str) -> None:
    hand.write_on_paper(paper, title, words)


@means(rf"印出{_QUOTED}(?:，上面有(“.*”))?")
def printed(hand: Hand, paper: str, words: str | None) -> None:
    text = "".join(hand.print(paper).split())
    for expected in re.findall(_QUOTED, words or ""):
        assert "".join(expected.split()) in text, text


@means(rf"经过里有{_QUOTED}")
def told_in_history(hand: Hand, act: str) -> None:
    assert act in hand.history, hand.history


@means(rf"这张纸上没有{_QUOTED}")
def not_printed(hand: Hand, words: str) -> None:
    assert words not in "".join(hand.papers[-1].split())
