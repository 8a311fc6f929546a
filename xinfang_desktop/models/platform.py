"""Platform templates (上级平台模板): what is typed again into a platform above, in its order."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

PLATFORM_SETTING = "platforms"
"""The setting that holds the office's templates."""


class PlatformField(BaseModel):
    """One field of a platform: what it is called there, and which part of a matter goes into it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1, title="取自")
    title: str = Field(min_length=1, max_length=40, title="平台上的名称")


class PlatformTemplate(BaseModel):
    """The fields of one screen of a platform, in the order in which it asks for them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    title: str = Field(min_length=1, max_length=40, title="模板名称")
    fields: tuple[PlatformField, ...] = Field(title="项目")


class Platforms(BaseModel):
    """Every template of the office."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    templates: tuple[PlatformTemplate, ...]

    @model_validator(mode="after")
    def _told_apart(self) -> "Platforms":
        for names in ([one.key for one in self.templates], [one.title for one in self.templates]):
            if len(set(names)) != len(names):
                raise ValueError("模板不能重名")
        return self
