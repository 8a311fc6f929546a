"""A busy day of an invented office: something in every list of 今日."""

from datetime import timedelta

from sqlmodel import Session

from tests.helpers.office import CLEARED, NOW, TODAY, accusation, visit
from tests.helpers.way import Walk
from xinfang_desktop.casework import matters, paper_states, papers
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import makers
from xinfang_desktop.models import Action as A
from xinfang_desktop.models import Channel, Matter, PaperState, Satisfaction
from xinfang_desktop.store.database import Store

LATER = TODAY + timedelta(days=3)
"""The day on which a paper sent out on the day of the tests is out for three days."""

SHEET = "process_sheet_2211"
OLD, FRESH, TO_ASK, OUT, DISSATISFIED, SEALED = (
    f"镜访〔2026〕{serial}号" for serial in range(1, 7)
)

TO_REPLY = (
    *(A.CLASSIFY, A.SUBMIT, A.ASSIGN, A.ACCEPT, A.INFORM, A.PROPOSE),
    *(A.REVIEW_MATTER, A.REVIEW_PETITION, A.CONCLUDE, A.REPLY),
)
"""The acts that lead a call to its answer."""


def call(ago: int = 0) -> Matter:
    """Give a call that came in so many days ago."""
    return visit(received_on=TODAY - timedelta(days=ago), channel=Channel.PHONE)


def entered(store: Store, ago: int = 0, matter: Matter | None = None) -> Walk:
    """Register a matter that came in so many days ago, on that day."""
    walk = Walk(store, matter or call(ago), NOW - timedelta(days=ago))
    walk.now = NOW
    return walk


def sent(store: Store, number: str, ago: int = 0, holder: str = "钱主任") -> int:
    """Print the process sheet of a matter and send it out to be signed; give the paper's id."""
    then, maker = NOW - timedelta(days=ago), makers(FORMS)[SHEET]

    def do(session: Session) -> int:
        matter = matters.load_matter(session, number, viewer=CLEARED)
        made = papers.issue(session, store.vault, maker, matter, viewer=CLEARED, now=then)
        id = made.paper.id or 0
        state = PaperState.SENT
        paper_states.move(session, [id], state, viewer=CLEARED, now=then, holder=holder)
        return id

    return store.do(do)[0]


def busy_day(store: Store) -> Store:
    """Put something into every list of the day."""
    entered(store, ago=40)
    entered(store, ago=13)
    entered(store).do(*TO_REPLY, on=TODAY)
    entered(store).do(A.SUBMIT, A.ASSIGN, A.INFORM, on=TODAY)
    sent(store, OUT)
    last = entered(store)
    last.do(*TO_REPLY, on=TODAY)
    last.do(A.FOLLOW_UP, on=TODAY, satisfaction=Satisfaction.DISSATISFIED)
    entered(store, ago=40, matter=accusation(received_on=TODAY - timedelta(days=40)))
    return store
