"""Reading an office's profile from a TOML file, as ``xinfang init --office`` takes it."""

import tomllib

from pydantic import ValidationError

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import OfficeProfile

from .refusals import refusals


def read_profile(text: str) -> OfficeProfile:
    """Read a profile whose keys stand under ``[office]`` or at the top.

    Raises:
        OfficeError: no TOML, or a key or value that a profile cannot have; the key is named.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise OfficeError("单位资料文件不是正确的TOML格式，没有新建；请核对引号和等号。") from None
    section = content.get("office", content)
    if section is not content and len(content) > 1:
        stray = next(key for key in content if key != "office")
        raise OfficeError(f"单位资料里的 {stray}：应写在 [office] 之下；没有新建。")
    try:
        return OfficeProfile.model_validate(section)
    except ValidationError as error:
        key, reason = refusals(error)[0]
        raise OfficeError(f"单位资料里的 {key or 'office'}：{reason}；没有新建。") from None
