"""本单位: the names, the numbers and the captions that the papers carry."""

from functools import partial

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from xinfang_desktop.casework import audit
from xinfang_desktop.casework.matters import save_office_profile
from xinfang_desktop.casework.refusals import refusals
from xinfang_desktop.models import Kind, Leader, LetterHead, Noted, OfficeProfile, Right
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.number_example import example_of, pattern_from_example
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.words import button, label, restyle, shortcut

from .section import Section

LEADER_ROWS = 5
_NAMES = ("name", "full_name", "desk", "superior_bureau")
_CAPTIONS = ("reception_caption", "matter_leader_caption", "principal_caption")
_HINTS = {
    "name": "印在登记单题头",
    "full_name": "函件落款；空着时用简称",
    "desk": "例：信访办",
}
_SAVED = "单位资料已保存；已经给出的编号不变"
_ONLY_ADMINISTRATORS = "只有管理账户能修改单位资料。"


class OfficeSection(Section):
    """The office's profile.

    Signals:
        edited(): something was typed.
    """

    title = "本单位"
    help_topic = "office"
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._profile = OfficeProfile()
        self._order: list[Line] = []
        self._lines: dict[str, Line] = {}
        self._example = self.note(role="quiet")
        self._leaders = [
            (self._blank(f"leader.{i}.title", "职务"), self._blank(f"leader.{i}.name", "姓名"))
            for i in range(LEADER_ROWS)
        ]
        self._order.clear()
        self.letter_head = QComboBox()
        self.letter_head.setAccessibleName("函件红头")
        for head in LetterHead:
            self.letter_head.addItem(head.label, head)
        self.letter_head.activated.connect(lambda: self.edited.emit())
        self._save = button("保存", self.save, role="strong", key="Ctrl+S")
        self._back = button("改回原样", self.refresh)
        self._lay_out()
        shortcut(self, "Ctrl+S", self.save)
        self._line("number_pattern").settled.connect(self._show_example)

    def refresh(self) -> None:
        """Show the profile as it is in the store."""
        self._profile = self.desk.office
        profile = self._profile
        for name in (*_NAMES, *_CAPTIONS, "usual_endorser"):
            self._line(name).setText(str(getattr(profile, name)))
        year = self.desk.today().year
        self._line("number_pattern").setText(example_of(profile.number_pattern, year))
        self._line("group_threshold").setText(str(profile.group_threshold))
        self._line("red_head_room").setText(str(profile.red_head_room))
        self.letter_head.setCurrentIndex(self.letter_head.findData(profile.letter_head))
        for kind in Kind:
            self._line(f"endorsers.{kind.value}").setText(profile.endorsers.get(kind, ""))
        for place, (post, person) in enumerate(self._leaders):
            leader = profile.leaders[place] if place < len(profile.leaders) else None
            post.setText(leader.title if leader else "")
            person.setText(leader.name if leader else "")
        may = self.desk.may(Right.ACCOUNTS)
        for line in self._every():
            line.setReadOnly(not may)
        self.letter_head.setEnabled(may)
        self._save.setVisible(may)
        self._back.setVisible(may)
        self.say("" if may else _ONLY_ADMINISTRATORS)

    def take_focus(self) -> None:
        """Begin at the first blank."""
        self._line("name").setFocus()

    def save(self) -> None:
        """Keep what was typed, if it can be an office."""
        if not self.desk.may(Right.ACCOUNTS) or any(one.is_composing for one in self._every()):
            return
        try:
            profile = self._typed()
        except ValidationError as error:
            key, reason = refusals(error)[0]
            self._refuse(key, reason)
            return
        if profile is None:
            return
        if self.desk.attempt(partial(_keep, profile)) is not None:
            self.refresh()
            self.say("")
            self.desk.told.emit(_SAVED)

    def line(self, name: str) -> Line:
        """Give a blank by the profile's field."""
        return self._line(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the next blank."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def _typed(self) -> OfficeProfile | None:
        year = self.desk.today().year
        pattern = pattern_from_example(self._words("number_pattern"), year)
        if pattern is None:
            self._refuse("number_pattern", f"编号里要有年份 {year} 和后面的序号")
            return None
        words = {name: self._words(name) for name in (*_NAMES, *_CAPTIONS, "usual_endorser")}
        leaders = [(title.text().strip(), name.text().strip()) for title, name in self._leaders]
        usual = OfficeProfile()
        return OfficeProfile.model_validate(
            {
                **self._profile.model_dump(),
                **{
                    name: text or getattr(usual, name) if name in _CAPTIONS else text
                    for name, text in words.items()
                },
                "number_pattern": pattern,
                "group_threshold": self._words("group_threshold"),
                "letter_head": self.letter_head.currentData(),
                "red_head_room": self._words("red_head_room"),
                "endorsers": {
                    kind: text for kind in Kind if (text := self._words(f"endorsers.{kind.value}"))
                },
                "leaders": tuple(
                    Leader(title=title or "领导", name=name)
                    for title, name in leaders
                    if title or name
                ),
            }
        )

    def _refuse(self, key: str, reason: str) -> None:
        field = OfficeProfile.model_fields.get(key.partition(".")[0])
        title = field.title if field and field.title else key
        self.refuse(f"{title}：{reason}，没有保存。")
        if key in self._lines:
            restyle(self._lines[key], "wrong", "true")
            self._lines[key].setFocus()

    def _show_example(self) -> None:
        year = self.desk.today().year
        pattern = pattern_from_example(self._words("number_pattern"), year)
        restyle(self._example, "role", "quiet" if pattern else "warning")
        if pattern is None:
            self._example.setText(f"照第一件的样子写：年份写 {year}，后面写序号 1。")
            return
        first, second = (example_of(pattern, year, serial) for serial in (1, 2))
        following = example_of(pattern, year + 1)
        self._example.setText(
            f"一年里依次编为 {first}、{second} …　明年从 {following} 起；已有的编号不变。"
        )

    def _every(self) -> list[Line]:
        return [*self._lines.values(), *(line for pair in self._leaders for line in pair)]

    def _words(self, name: str) -> str:
        return self._line(name).text().strip()

    def _line(self, name: str) -> Line:
        return self._lines[name]

    def _blank(self, key: str, title: str, hint: str = "") -> Line:
        line = Line(title, hint or (title if key.startswith("leader") else ""))
        line.setObjectName(key)
        line.settled.connect(lambda: restyle(line, "wrong", "false"))
        line.textEdited.connect(lambda: self.edited.emit())
        return line

    def _add(self, key: str, title: str, hint: str = "") -> tuple[str, Line]:
        self._lines[key] = self._blank(key, title, hint)
        return title, self._lines[key]

    def _lay_out(self) -> None:
        names = self.card("名称和编号")
        form = self.form()
        for name in _NAMES:
            form.addRow(*self._add(name, _title(name), _HINTS.get(name, "")))
        form.addRow(*self._add("number_pattern", "编号格式"))
        form.addRow("", self._example)
        form.addRow(*self._add("group_threshold", "集体访人数"))
        form.addRow("", self.note("满这个人数（含本数）算集体访。"))
        names.column.addLayout(form)
        leaders = self.card("领导")
        grid = QGridLayout()
        self.desk.theme.space(grid, gap=8)
        for row, (post, person) in enumerate(self._leaders):
            grid.addWidget(post, row, 0)
            grid.addWidget(person, row, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        leaders.column.addLayout(grid)
        leaders.column.addWidget(label("姓名只供查对，单子上的签名一律手签。", "small"))
        captions = self.card("单子上的栏目和签批")
        form = self.form()
        for name in _CAPTIONS:
            form.addRow(*self._add(name, _title(name)))
        for kind in Kind:
            form.addRow(*self._add(f"endorsers.{kind.value}", f"{kind.label}由谁签批"))
        form.addRow(*self._add("usual_endorser", "类别未定时由谁签批"))
        captions.column.addLayout(form)
        letters = self.card("函件红头")
        form = self.form()
        form.addRow("函件红头", self.letter_head)
        form.addRow(*self._add("red_head_room", "留白高度（毫米）"))
        form.addRow("", self.note("套印红头时，首页从纸边留这么高；信函格式用于发往外单位的函。"))
        letters.column.addLayout(form)
        for part in (names, leaders, captions, letters, self.message):
            self.column.addWidget(part)
        self.column.addLayout(self.acts(self._save, self._back))
        self.column.addStretch(1)
        _in_order(self._lines["number_pattern"], *(one for pair in self._leaders for one in pair))


def _title(name: str) -> str:
    return OfficeProfile.model_fields[name].title or name


def _in_order(*parts: QWidget) -> None:
    for one, following in zip(parts[1:], parts[2:], strict=False):
        QWidget.setTabOrder(one, following)


def _keep(profile: OfficeProfile, session: object) -> bool:
    save_office_profile(session, profile)  # type: ignore[arg-type]
    audit.note(session, Noted.SETTINGS, detail="单位资料")  # type: ignore[arg-type]
    return True
