"""The office's profile from a TOML file, and its keeping in the store."""

import pytest

from tests.helpers.office import OFFICE
from xinfang_desktop.casework.matters import office_profile, save_office_profile
from xinfang_desktop.casework.office_file import read_profile
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, Leader
from xinfang_desktop.store.database import Store

FULL = """
[office]
name = "某某镇"
desk = "信访办"
number_pattern = "某访〔{year}〕{serial}号"
group_threshold = 6
channel_patterns = { letter = "某信〔{year}〕{serial}号" }

[[office.leaders]]
title = "镇长"
name = "甲"
"""


def test_a_profile_is_read_from_its_section() -> None:
    profile = read_profile(FULL)
    assert profile.name == "某某镇"
    assert profile.pattern_for(Channel.LETTER) == "某信〔{year}〕{serial}号"
    assert profile.pattern_for(Channel.VISIT) == "某访〔{year}〕{serial}号"
    assert profile.leaders == (Leader(title="镇长", name="甲"),)


def test_the_keys_may_stand_at_the_top() -> None:
    assert read_profile('name = "某某镇"').name == "某某镇"
    assert read_profile("") == OFFICE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "不是正确的TOML"),
        ('nmae = "某某镇"', "单位资料里的 nmae：没有这个键"),
        ("name = 3", "单位资料里的 name：应为文字"),
        ('name = ""', "单位资料里的 name：不能为空"),
        ("group_threshold = 1", "单位资料里的 group_threshold：不能小于2"),
        ('group_threshold = "五"', "单位资料里的 group_threshold：应为整数"),
        ('number_pattern = "镜访{serial}号"', "单位资料里的 number_pattern：编号格式里"),
        ('number_pattern = "镜访{jahr}{serial}号"', "编号格式只能用"),
        ('leaders = "甲"', "单位资料里的 leaders：应为列表"),
        ('[[leaders]]\nnama = "甲"', "单位资料里的 leaders[0].title：缺少这一项"),
        ('channel_patterns = { fax = "x" }', "单位资料里的 channel_patterns"),
        ("office = 3", "单位资料里的 office：应为一组键和值"),
        ('stray = 1\n[office]\nname = "甲"', "单位资料里的 stray：应写在 [office] 之下"),
    ],
)
def test_a_mistake_is_told_with_its_key(text: str, words: str) -> None:
    with pytest.raises(OfficeError) as told:
        read_profile(text)
    assert words in told.value.sentence
    assert told.value.sentence.endswith("。")
    assert "\n" not in told.value.sentence


def test_the_profile_is_kept_in_the_store(store: Store) -> None:
    profile = read_profile(FULL)
    store.do(lambda session: save_office_profile(session, profile))
    assert store.read(office_profile) == profile
