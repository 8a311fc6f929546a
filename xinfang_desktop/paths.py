"""Where things lie: data, exports, the program's own resources; the only use of appdirs."""

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_RESOURCES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(*parts: str) -> Path:
    """Give a file shipped with the program (installed inside the package, or beside it)."""
    for root in _RESOURCES:
        if (path := root.joinpath(*parts)).exists():
            return path
    raise FileNotFoundError(f"resource {'/'.join(parts)} is not shipped")


def legal_file(name: str) -> Path:
    """Give the licence of the program, or the list of those it is shipped with."""
    shipped = _PACKAGE.parent / name
    return shipped if shipped.exists() else resource("licences", name)


def default_data_folder() -> Path:
    """Give the folder of the live store on this machine."""
    import appdirs

    return Path(appdirs.user_data_dir("xinfang", appauthor=False))


def default_export_folder() -> Path:
    """Give the folder that exported papers are offered to be saved in."""
    home = Path.home()
    documents = next(
        (home / name for name in ("文档", "Documents") if (home / name).is_dir()), home
    )
    return documents / "信访案头"


@dataclass(frozen=True)
class DataFolder:
    """The files of one store."""

    root: Path

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.root / "xinfang.db"

    @property
    def key_file(self) -> Path:
        """The wrapped database key; useless without a password or the recovery code."""
        return self.root / "xinfang.key"

    @property
    def key_copy(self) -> Path:
        """The second copy of the key file."""
        return self.root / "xinfang.key.copy"
