"""Accounts: what each role may do, and how they come and go without anything encrypted anew."""

from pathlib import Path

import pytest

from tests.helpers.office import ACCOUNT, NOW, PASSWORD, Office, visit
from xinfang_desktop.casework.accounts import AccountLine, accounts
from xinfang_desktop.casework.audit import entries, require
from xinfang_desktop.casework.drafts import save_draft
from xinfang_desktop.casework.matters import load_matter, save_office_profile
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import RIGHTS, OfficeProfile, Right, Role, Viewer
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store.accounts import (
    add_account,
    change_account,
    change_password,
    disable_account,
    is_recovery_code,
    renew_recovery_code,
    reset_password,
)
from xinfang_desktop.store.database import Store, open_store

OTHER = "另一个人的密码"


def listed(store: Store) -> dict[str, AccountLine]:
    found = store.read(lambda session: accounts(session, viewer=store.viewer))
    return {line.name: line for line in found}


def added(store: Store, role: Role = Role.CLERK, *, cleared: bool = False) -> int:
    add_account(store, name="李四", password=OTHER, role=role, cleared=cleared)
    return listed(store)["李四"].id


def viewer_of(office: Office, password: str) -> Viewer:
    store = open_store(office.folder, password=password)
    store.close()
    return store.viewer


def test_every_role_has_its_rights_and_only_administrators_all() -> None:
    assert set(RIGHTS) == set(Role)
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)
    assert Right.WORK in RIGHTS[Role.CLERK]
    assert RIGHTS[Role.LEADER] == {Right.READ, Right.PRINT, Right.UNMASK, Right.TRAIL}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_what_a_role_may_not_is_refused_in_words(role: Role, right: Right) -> None:
    viewer = Viewer(name="甲", cleared=False, role=role)
    if right in RIGHTS[role]:
        require(viewer, right)
    else:
        with pytest.raises(OfficeError, match=f"没有“{right.label}”的权限"):
            require(viewer, right)


def test_an_account_opens_the_store_in_its_own_name(store: Store, office: Office) -> None:
    added(store, Role.LEADER, cleared=True)
    assert viewer_of(office, OTHER) == Viewer(name="李四", cleared=True, role=Role.LEADER)
    assert viewer_of(office, PASSWORD).name == ACCOUNT


def test_adding_an_account_leaves_the_database_key_as_it_is(store: Store, office: Office) -> None:
    before = DataFolder(office.folder).store.read_bytes()[:4096]
    added(store)
    store.close()
    assert DataFolder(office.folder).store.read_bytes()[:16] == before[:16]


def test_a_leader_reads_and_writes_nothing(store: Store, office: Office) -> None:
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    added(store, Role.LEADER)
    leader = open_store(office.folder, password=OTHER, clock=lambda: NOW)
    number, form = "镜访〔2026〕1号", "visit_registration"
    assert leader.read(lambda s: load_matter(s, number, viewer=leader.viewer)).number == number
    for work in (
        lambda s: register(s, visit(), by="李四", now=NOW),
        lambda s: void(s, number, reason="试", by="李四", now=NOW),
        lambda s: save_draft(s, form, visit(), draft_id=None, now=NOW),
        lambda s: save_office_profile(s, OfficeProfile(name="别名")),
    ):
        with pytest.raises(OfficeError, match="只能查看"):
            leader.do(work)
    change_password(leader, old=OTHER, new="领导自己的密码")
    leader.close()
    assert viewer_of(office, "领导自己的密码").name == "李四"


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_only_administrators_manage_accounts(store: Store, office: Office, role: Role) -> None:
    id = added(store, role)
    other = open_store(office.folder, password=OTHER)
    for act in (
        lambda: add_account(other, name="王五", password="x", role=Role.CLERK, cleared=True),
        lambda: change_account(other, id, role=Role.ADMINISTRATOR),
        lambda: change_account(other, id, cleared=True),
        lambda: disable_account(other, id),
        lambda: reset_password(other, id, password="x"),
        lambda: renew_recovery_code(other),
    ):
        with pytest.raises(OfficeError, match="只有管理账户能"):
            act()
    other.close()
    assert listed(store)["李四"].role is role


def test_an_account_is_renamed_and_keeps_its_password(store: Store, office: Office) -> None:
    change_account(store, added(store), name="李四海", role=Role.ADMINISTRATOR, cleared=True)
    expected = Viewer(name="李四海", cleared=True, role=Role.ADMINISTRATOR)
    assert viewer_of(office, OTHER) == expected
    add_account(store, name="李四", password="新来的密码", role=Role.CLERK, cleared=False)
    assert viewer_of(office, "新来的密码").name == "李四"
    assert viewer_of(office, OTHER).name == "李四海"


def test_a_closed_account_opens_nothing_until_it_has_a_new_password(
    store: Store, office: Office
) -> None:
    id = added(store)
    disable_account(store, id)
    with pytest.raises(OfficeError, match="密码不对"):
        viewer_of(office, OTHER)
    assert listed(store)["李四"].disabled
    reset_password(store, id, password="重新启用")
    assert viewer_of(office, "重新启用").name == "李四"


def test_the_last_administrator_stays(store: Store) -> None:
    own = listed(store)[ACCOUNT].id
    with pytest.raises(OfficeError, match="最后一个管理账户"):
        disable_account(store, own)
    with pytest.raises(OfficeError, match="最后一个管理账户"):
        change_account(store, own, role=Role.CLERK)
    added(store, Role.ADMINISTRATOR)
    change_account(store, own, role=Role.CLERK)


def test_a_password_is_changed_by_whoever_knows_the_old_one(store: Store, office: Office) -> None:
    with pytest.raises(OfficeError, match="原密码不对"):
        change_password(store, old="不对", new="新的")
    change_password(store, old=PASSWORD, new="新的密码")
    assert viewer_of(office, "新的密码").name == ACCOUNT
    with pytest.raises(OfficeError, match="密码不对"):
        viewer_of(office, PASSWORD)


@pytest.mark.parametrize("name", ["", " ", ACCOUNT])
def test_an_account_needs_a_name_of_its_own(store: Store, name: str) -> None:
    with pytest.raises(OfficeError, match="没有改动"):
        add_account(store, name=name, password=OTHER, role=Role.CLERK, cleared=False)


def test_a_password_that_opens_the_store_already_cannot_be_another_ones(
    store: Store, office: Office
) -> None:
    for password in (PASSWORD, office.recovery_code):
        with pytest.raises(OfficeError, match="这个密码不合用"):
            add_account(store, name="李四", password=password, role=Role.CLERK, cleared=False)
    assert set(listed(store)) == {ACCOUNT}


def test_a_key_file_that_cannot_be_written_adds_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OfficeError("磁盘已满")

    monkeypatch.setattr("xinfang_desktop.store.keys.write_key_file", no_room)
    with pytest.raises(OfficeError, match="磁盘已满"):
        added(store)
    assert set(listed(store)) == {ACCOUNT}


def test_the_recovery_code_lets_a_forgotten_password_be_set_anew(
    store: Store, office: Office
) -> None:
    store.close()
    helper = open_store(office.folder, password=office.recovery_code)
    reset_password(helper, listed(helper)[ACCOUNT].id, password="想起来的密码")
    helper.close()
    assert viewer_of(office, "想起来的密码").role is Role.ADMINISTRATOR


def test_a_new_recovery_code_ends_the_old_one(store: Store, office: Office) -> None:
    assert is_recovery_code(store, office.recovery_code)
    code = renew_recovery_code(store)
    assert is_recovery_code(store, code.lower().replace("-", " "))
    assert not is_recovery_code(store, office.recovery_code)
    assert not is_recovery_code(store, PASSWORD)


def test_the_trail_tells_what_became_of_accounts(store: Store) -> None:
    id = added(store)
    change_account(store, id, cleared=True)
    disable_account(store, id)
    told = store.read(lambda s: entries(s, viewer=store.viewer))
    assert [(line.act, line.detail) for line in reversed(told)] == [
        ("account_added", "李四（经办）"),
        ("account_changed", "李四（可阅检举控告）"),
        ("account_disabled", "李四"),
    ]


def test_no_password_stands_in_any_file(store: Store, office: Office) -> None:
    added(store)
    store.close()
    for path in Path(office.folder).iterdir():
        assert OTHER.encode() not in path.read_bytes()
