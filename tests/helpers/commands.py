"""Running ``xinfang`` as somebody types it, in this process."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from xinfang_desktop import cli

from .office import PASSWORD


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line a command that failed says."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class Xinfang:
    """The command line on one data folder."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        monkeypatch.setenv(cli.PASSWORD_VARIABLE, PASSWORD)

    def __call__(self, *words: str | Path, data: bool = True) -> Ran:
        """Run one command."""
        told = [str(word) for word in words]
        argv = [*told, "--data", str(self.folder)] if data else told
        self._capsys.readouterr()
        try:
            code = cli.main(argv)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)
