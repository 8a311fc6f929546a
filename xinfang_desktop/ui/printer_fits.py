"""How each printer is to be given its pages: a small JSON file beside the data.

A file that cannot be read or written is no trouble: pages are then printed as they are drawn.
"""

import json
from dataclasses import asdict
from pathlib import Path

from xinfang_desktop.forms.calibration import Fit

FILE_NAME = "printers.json"


class PrinterFits:
    """The corrections of all printers, in their file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._fits = _read(self._file)

    def of(self, printer: str) -> Fit:
        """Give the correction of a printer; one that was never measured has none."""
        return self._fits.get(printer, Fit())

    def keep(self, printer: str, fit: Fit) -> None:
        """Remember the correction of a printer, if the folder lets us."""
        self._fits[printer] = fit
        content = {name: asdict(one) for name, one in self._fits.items() if one != Fit()}
        beside = self._file.with_name(self._file.name + ".new")
        try:
            beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            return


def _read(file: Path) -> dict[str, Fit]:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    found: dict[str, Fit] = {}
    for name, values in written.items() if isinstance(written, dict) else ():
        numbers = [values.get(key) for key in ("dx", "dy", "scale")] if _is_table(values) else []
        if len(numbers) == 3 and all(isinstance(number, int | float) for number in numbers):
            found[name] = Fit(*map(float, numbers))
    return found


def _is_table(values: object) -> bool:
    return isinstance(values, dict)
