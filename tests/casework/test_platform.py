"""What goes to a platform above: in its order, under its names, noted each time."""

import pytest

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import audit, matters, platform, registration
from xinfang_desktop.casework.platform import PRESETS, SOURCES, PlatformSheet
from xinfang_desktop.casework.undo import undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, Kind, Matter, Noted, Role, Viewer
from xinfang_desktop.models.platform import PlatformField, PlatformTemplate
from xinfang_desktop.store.database import Store

NUMBER = "镜访〔2026〕1号"


def entered(store: Store, matter: Matter) -> None:
    store.do(lambda s: registration.register(s, matter, by=ACCOUNT, now=NOW))


def asked(store: Store, key: str = "entry", viewer: Viewer = CLEARED) -> PlatformSheet:
    return store.read(lambda s: platform.sheet(s, NUMBER, key, viewer=viewer, now=NOW))


def save(store: Store, *templates: PlatformTemplate) -> None:
    store.do(lambda s: platform.save_templates(s, templates, by=ACCOUNT, now=NOW))


def test_the_fields_come_in_the_platforms_order_under_its_names(store: Store) -> None:
    entered(store, visit(petitioner(name="铍𫖯𠮷"), channel=Channel.PHONE, urgent=True))
    save(
        store,
        PlatformTemplate(
            key="bureau",
            title="市平台",
            fields=(
                PlatformField(source="phone", title="手机"),
                PlatformField(source="name", title="姓名"),
                PlatformField(source="channel", title="渠道"),
                PlatformField(source="received_on", title="时间"),
                PlatformField(source="kind", title="类别"),
                PlatformField(source="category_first", title="一级"),
                PlatformField(source="category_second", title="二级"),
                PlatformField(source="urgent", title="紧急"),
                PlatformField(source="involved", title="涉及"),
            ),
        ),
    )
    assert [(item.title, item.text) for item in asked(store, "bureau").items] == [
        ("手机", "13800001234"),
        ("姓名", "铍𫖯𠮷"),
        ("渠道", "来电"),
        ("时间", "2026-10-08"),
        ("类别", "申诉求决"),
        ("一级", "农村农业"),
        ("二级", "水利水电"),
        ("紧急", "是"),
        ("涉及", ""),
    ]


def test_every_part_of_a_matter_can_be_read_from_any_matter(store: Store) -> None:
    entered(store, visit())
    matter = store.read(lambda s: matters.load_matter(s, NUMBER, viewer=CLEARED))
    for source in SOURCES.values():
        assert isinstance(source.text(matter), str)
    for template in PRESETS:
        assert {field.source for field in template.fields} <= set(SOURCES)


def test_what_is_personal_is_covered_until_it_is_copied(store: Store) -> None:
    entered(store, visit())
    shown = {item.title: item.shown for item in asked(store).items}
    assert shown["联系电话"] == "•••••••••••（11个字）"
    assert shown["信访人姓名"] == "•••（3个字）"
    assert shown["信访形式"] == "来访"


def test_each_use_is_noted_by_number_and_template_and_nothing_else(store: Store) -> None:
    entered(store, visit())
    asked(store)
    [line] = store.read(lambda s: audit.entries(s, viewer=store.viewer, acts=[Noted.PLATFORM]))
    assert (line.number, line.detail, line.title) == (NUMBER, "entry", "复制到上级平台")


def test_an_accusation_goes_to_a_cleared_account_only(store: Store) -> None:
    entered(store, accusation())
    with pytest.raises(OfficeError, match="没有查看权限"):
        asked(store, viewer=UNCLEARED)
    assert asked(store).items[0].text == "赵检举"


def test_who_may_not_take_data_out_may_not_copy_it(store: Store) -> None:
    entered(store, visit())
    with pytest.raises(OfficeError, match="没有“导出”的权限"):
        asked(store, viewer=Viewer(name="钱领导", cleared=False, role=Role.LEADER))


def test_the_number_of_the_platform_is_written_down_and_can_be_taken_back(store: Store) -> None:
    entered(store, visit())
    store.do(
        lambda s: platform.note_superior_number(s, NUMBER, " XF2026-88 ", viewer=CLEARED, now=NOW)
    )
    assert asked(store).superior_number == "XF2026-88"
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert asked(store).superior_number == ""
    with pytest.raises(OfficeError, match="没有填"):
        store.do(lambda s: platform.note_superior_number(s, NUMBER, " ", viewer=CLEARED, now=NOW))


def test_templates_that_cannot_be_are_refused_and_the_old_ones_stay(store: Store) -> None:
    entry, reply, *_ = PRESETS
    empty = entry.model_copy(update={"fields": ()})
    odd = entry.model_copy(update={"fields": (PlatformField(source="mood", title="心情"),)})
    alike = reply.model_copy(update={"title": entry.title})
    for templates, why in (
        ((), "至少要留一个"),
        ((empty,), "一项也没有"),
        ((odd,), "不是信访件的栏目"),
        ((entry, alike), "不能重名"),
    ):
        with pytest.raises(OfficeError, match=why):
            save(store, *templates)
    assert store.read(platform.templates) == PRESETS
    save(store, reply)
    assert store.read(platform.templates) == (reply,)
    with pytest.raises(OfficeError, match="没有这个平台模板"):
        entered(store, visit(kind=Kind.REMEDY))
        asked(store, "entry")
