"""Make the sample store of today's schema: ``python -m tests.store.make_old``.

Run once for every released schema and never again: the point of such a store is that it is old.
"""

from pathlib import Path

from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, OFFICE, accusation, petitioner, visit
from xinfang_desktop.casework.drafts import save_draft
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.store.database import create_store
from xinfang_desktop.store.migrations import LATEST

OLD = Path(__file__).parent / "old"
OLD_PASSWORD = "旧数据的密码"


def main() -> None:
    """Write the store of the latest schema, where there is none yet."""
    folder = OLD / f"schema{LATEST}"
    store, _ = create_store(folder, password=OLD_PASSWORD, profile=OFFICE, account=ACCOUNT, now=NOW)
    group = visit(petitioner(), petitioner(name="𬭛某", document_number=""), headcount=16)

    def fill(session: Session) -> None:
        for matter in (visit(), accusation(), group):
            register(session, matter, by=ACCOUNT, now=NOW)
        void(session, "镜访〔2026〕1号", reason="重复登记", by=ACCOUNT, now=NOW)
        draft = visit(claim="写到一半")
        save_draft(session, "visit_registration", draft, draft_id=None, now=NOW)

    store.do(fill)
    store.close()


if __name__ == "__main__":
    main()
