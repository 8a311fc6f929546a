"""Names that were written before are proposed again, and never a petitioner's."""

from tests.helpers.office import CLEARED, UNCLEARED, accusation
from tests.helpers.way import Walk, from_superior
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.casework.names_used import answers_used, names_used
from xinfang_desktop.models import Action, SourceLevel, Viewer
from xinfang_desktop.store.database import Store

A = Action


def names(store: Store, action: Action, viewer: Viewer = CLEARED) -> list[str]:
    return store.read(lambda session: names_used(session, ACTS[action], viewer=viewer))


def answers(store: Store, action: Action, key: str, viewer: Viewer = CLEARED) -> list[str]:
    [ask] = [ask for ask in ACTS[action].asks if ask.key == key]
    return store.read(lambda session: answers_used(session, ask, viewer=viewer))


def test_who_did_what_falls_to_the_same_role_is_proposed_the_latest_first(store: Store) -> None:
    for leader in ("孙分管", "钱主任", "孙分管"):
        walk = Walk(store)
        walk.do(A.SIGN_IN, A.SUBMIT)
        walk.do(A.ASSIGN, by=leader)
    assert names(store, A.CONCLUDE) == ["孙分管", "钱主任"]
    assert names(store, A.REVIEW_MATTER) == []


def test_a_role_is_no_name(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.SUBMIT, A.ASSIGN)
    assert names(store, A.ASSIGN) == []


def test_what_was_taken_back_is_not_proposed(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.SUBMIT)
    walk.do(A.ASSIGN, by="写错了", body="写错的部")
    walk.take_back()
    assert names(store, A.ASSIGN) == answers(store, A.ASSIGN, "body") == []


def test_departments_and_handlers_are_proposed_where_they_are_asked_for(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.SUBMIT, A.ASSIGN, A.PROPOSE)
    assert answers(store, A.ASSIGN, "body") == ["建设管理部"]
    assert answers(store, A.TRANSFER, "body") == []
    assert answers(store, A.ACCOUNT, "handler") == ["周承办"]
    assert answers(store, A.ASSIGN, "words") == []


def test_names_in_accusations_are_proposed_to_the_cleared_only(store: Store) -> None:
    walk = Walk(store, accusation(source_level=SourceLevel.SUPERIOR))
    walk.do(A.SIGN_IN, A.SUBMIT)
    walk.do(A.ASSIGN, by="郑书记", body="监察室")
    walk.do(A.PROPOSE, handler="冯查办")
    asked = ((A.ASSIGN, "body"), (A.PROPOSE, "handler"))
    assert names(store, A.ASSIGN) == ["郑书记"]
    assert names(store, A.ASSIGN, UNCLEARED) == []
    assert [answers(store, *one) for one in asked] == [["监察室"], ["冯查办"]]
    assert [answers(store, *one, UNCLEARED) for one in asked] == [[], []]


def test_an_ordinary_matters_names_are_for_everybody(store: Store) -> None:
    walk = Walk(store, from_superior(kind=None, route=None))
    walk.do(A.SIGN_IN, by="吴签收")
    assert names(store, A.SIGN_IN, UNCLEARED) == ["吴签收"]
