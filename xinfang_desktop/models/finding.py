"""What finding needs to keep: where a matter stands in the ledger, views and layouts by name."""

from sqlmodel import Field, SQLModel


class LedgerPlace(SQLModel, table=True):
    """Where a matter stands in the ledger: its row in the index of the words, and in that of names.

    ``place`` rises with the day received and then with the matter; ``name_key`` is how the first
    petitioner is called, as a dictionary orders it, and empty of a sealed matter.
    """

    __tablename__ = "ledger_place"

    petition_id: int = Field(foreign_key="petition.id", primary_key=True)
    place: int = Field(unique=True)
    name_key: str = Field(default="")


class NotIndexed(SQLModel, table=True):
    """A matter whose words the index does not have as they are now; triggers note it."""

    __tablename__ = "not_indexed"

    petition_id: int = Field(primary_key=True)


class SavedView(SQLModel, table=True):
    """常用视图: what the ledger was narrowed to and how it was shown, under a name.

    ``content`` is JSON: words, filter, columns and order. It may hold what was searched for, and
    so lies in the store and nowhere else.
    """

    __tablename__ = "saved_view"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, title="名称")
    content: str = Field(title="内容")


class ExportLayout(SQLModel, table=True):
    """报表样式: the columns and headings that a superior wants a ledger in; ``content`` is JSON."""

    __tablename__ = "export_layout"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, title="名称")
    content: str = Field(title="内容")
