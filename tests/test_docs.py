"""What is written about the program, held against the program."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.pdf_reading import page_count, text_layer
from xinfang_desktop import cli
from xinfang_desktop.forms.compose import compose_blank
from xinfang_desktop.forms.definition import Form
from xinfang_desktop.forms.office_forms import parse_office_form
from xinfang_desktop.models import OfficeProfile

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "xinfang_desktop"
DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-CN.md")
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("requirements/*.md"), *DOCS.rglob("*.md"))
)
SQL_WORDS = {"BEGIN", "COMMIT", "CHECK"}
MOST_BYTES = 200_000
"""Of a picture."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    """Give the commands that the command line knows, each with its parser."""
    (group,) = (
        action.choices
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(group)


def spans(text: str) -> Iterator[str]:
    """Give what stands between backquotes, outside blocks of code."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", prose)


def names_in_code() -> set[str]:
    """Give every name that the package binds or imports: modules, classes, fields, constants."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        found |= {path.stem}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    found.add(name)
                case ast.alias(name=name):
                    found.add(name)
                case _:
                    continue
    return found


# the command line


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme_and_no_other(readme: str) -> None:
    told = {span.split()[1] for span in spans(read(readme)) if span.startswith("xinfang ")}
    assert told == set(commands())


@pytest.mark.parametrize("readme", READMES)
def test_every_option_in_the_readme_is_one_of_its_command(readme: str) -> None:
    for span in spans(read(readme)):
        words = span.split()
        if len(words) > 1 and words[0] == "xinfang":
            known = commands()[words[1]]._option_string_actions
            assert {word for word in words if word.startswith("--")} <= set(known), span


def test_every_target_in_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    for readme in READMES:
        told = {span.split()[1] for span in spans(read(readme)) if span.startswith("make ")}
        assert {"run", "test"} <= told <= targets


# the architecture and the glossary


def test_every_module_in_the_architecture_exists() -> None:
    for span in spans(read("docs/architecture.md")):
        if re.fullmatch(r"[\w/]+\.py|[a-z_]+(/[a-z_]+)*/", span):
            places = (ROOT, PACKAGE, *PACKAGE.glob("*/"))
            assert any((place / span).exists() for place in places), span


def test_every_room_is_in_the_architecture() -> None:
    told = set(spans(read("docs/architecture.md")))
    rooms = {f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    beside = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert rooms | beside <= told


def test_every_name_in_the_architecture_is_in_the_code() -> None:
    names = names_in_code() | names_of_the_layer_test() | SQL_WORDS
    for span in spans(read("docs/architecture.md")):
        if called := re.fullmatch(r"([A-Z_a-z]\w*(?:\.\w+)*)\(\w*\)|([A-Z]\w+(?:\.\w+)*)", span):
            parts = (called[1] or called[2]).split(".")
            assert set(parts) <= names, span


def names_of_the_layer_test() -> set[str]:
    return set(re.findall(r"^([A-Z_]+) =", read("tests/test_architecture.py"), re.MULTILINE))


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    names = names_in_code()
    existing, _, reserved = read("docs/glossary.md").partition("## Reserved")
    assert reserved
    for span in spans(existing):
        assert set(span.split(".")) <= names, span


# links and pictures


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        if "://" in target:
            continue
        place = (ROOT / page).parent / path if path else ROOT / page
        assert place.exists(), target
        if heading:
            assert heading in headings(place), target


def headings(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_picture_is_shown_somewhere_and_small() -> None:
    told = "".join(read(page) for page in PAGES)
    for picture in (DOCS / "pictures").iterdir():
        assert picture.name in told
        assert picture.stat().st_size < MOST_BYTES, picture.name


# adding a form


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run what ``docs/adding-a-form.md`` says, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", read("docs/adding-a-form.md"), re.M | re.S)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "docs/adding-a-form.md", "exec"), names)
    return names


def test_the_example_of_a_form_is_printed(example: dict[str, Any], tmp_path: Path) -> None:
    said = text_layer((tmp_path / "filled.pdf").read_bytes())
    for words in ("信访事项回访记录单", "镜访〔2026〕1号", "铍𫖯𠮷", "村口水渠多年失修", "电话☑"):
        assert words in said
    assert page_count((tmp_path / "blank.pdf").read_bytes()) == 1
    assert (tmp_path / "filled.docx").stat().st_size


def test_the_example_of_a_form_is_one_for_any_office(example: dict[str, Any]) -> None:
    form: Form = example["FOLLOW_UP_SLIP"]
    assert form.key == "follow_up_slip"
    office = OfficeProfile(name="石桥镇", desk="信访科")
    said = compose_blank(form, office).text
    assert "石桥镇信访事项回访记录单" in said
    assert "由信访科保管" in said


@pytest.mark.parametrize(
    ("line", "wrong", "sentence"),
    [
        (', Line("petitioner.phone")', "", "row 1: columns [4] are not filled"),
        ("petitioner.phone", "petitioner.fone", "petitioner.fone: Petitioner has no fone"),
        ("60, 25, 55", "60, 25, 50", "the columns are 160 mm wide, the page has 165"),
    ],
)
def test_a_mistake_says_what_the_page_shows(line: str, wrong: str, sentence: str) -> None:
    page = read("docs/adding-a-form.md")
    assert f"form follow_up_slip: {sentence}\n" in page
    found = re.search(r"^```python\n(.*?)^```$", page, re.M | re.S)
    assert found and line in found[1]
    with pytest.raises(ValueError, match=re.escape(f"form follow_up_slip: {sentence}")):
        exec(found[1].replace(line, wrong, 1), {})


def test_the_example_of_a_letter_is_printed(example: dict[str, Any], tmp_path: Path) -> None:
    said = text_layer((tmp_path / "letter.pdf").read_bytes())
    for words in ("关于协商受理信访事项的函", "灵芝街道办事处：", "铍𫖯𠮷", "村口水渠多年失修"):
        assert words in said
    assert page_count((tmp_path / "letter.pdf").read_bytes()) == 1


def test_the_example_in_toml_is_the_one_in_python(example: dict[str, Any]) -> None:
    form, problems = parse_office_form(example_in_toml(), "回访记录单.toml")
    assert not problems
    assert form == example["FOLLOW_UP_SLIP"]


def test_a_mistake_in_toml_says_what_the_page_shows() -> None:
    wrong = example_in_toml().replace("petitioner.phone", "petitioner.fone")
    _, (problem,) = parse_office_form(wrong, "回访记录单.toml")
    assert f"\n{problem.sentence}\n" in read("docs/adding-a-form.md")


def example_in_toml() -> str:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", read("docs/adding-a-form.md"), re.M | re.S)
    return str(block)


# decisions


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_a_question_an_answer_what_else_and_why(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", decision.stem)
    assert text.startswith(f"# {int(decision.stem[:4])}. ")
    found = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert found == ["Question", "Decision", "Alternatives", "Why"]


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.stem[:4] for path in DECISIONS]
    assert numbers
    assert len(set(numbers)) == len(numbers)
