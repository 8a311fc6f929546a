"""Whether a folder already holds an office; asked before anything heavy is imported."""

from pathlib import Path

from xinfang_desktop.paths import DataFolder


def store_exists(folder: Path) -> bool:
    """Tell whether a store, or what is left of one, lies in ``folder``.

    A key file alone counts: to set up a new office over it would throw away the only key of a
    store that may only be misplaced.
    """
    files = DataFolder(folder)
    return any(path.exists() for path in (files.store, files.key_file, files.key_copy))
