"""Petitioner (信访人) and the petitioner's place in a matter."""

from datetime import date

from sqlmodel import Field, SQLModel

from .codes import DocumentType, Sex
from .columns import coded


class Petitioner(SQLModel, table=True):
    """信访人: a person or body as given in one matter (article 17), or somebody unnamed."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", index=True, title="信访人姓名")
    anonymous: bool = Field(default=False, title="匿名")
    document_type: DocumentType = Field(
        default=DocumentType.RESIDENT_ID, sa_type=coded(DocumentType), title="证件种类"
    )
    document_number: str = Field(default="", index=True, title="身份证号码")
    phone: str = Field(default="", index=True, title="联系电话")
    address: str = Field(default="", title="单位地址")
    unit: str = Field(default="", title="工作单位")
    sex: Sex | None = Field(default=None, sa_type=coded(Sex), title="性别")
    born_on: date | None = Field(default=None, title="出生日期")
    ethnicity: str = Field(default="", title="民族")
    occupation: str = Field(default="", title="职业")


class Participation(SQLModel, table=True):
    """A petitioner's place in a matter: position 1 is the primary petitioner."""

    petition_id: int = Field(foreign_key="petition.id", primary_key=True)
    position: int = Field(primary_key=True)
    petitioner_id: int = Field(foreign_key="petitioner.id", index=True)
