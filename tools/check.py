"""Check the code without running it: its form, its lint, its types, and the list of licences."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",))


def unlisted() -> list[str]:
    """Return what is shipped and not named in LICENSES.md: locked packages and fonts."""
    lock = (ROOT / "requirements/run.txt").read_text("utf-8")
    packages = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    fonts = [path.name for path in (ROOT / "resources/fonts").glob("*.[ot]t[fc]")]
    licenses = (ROOT / "LICENSES.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `(.+?)`", licenses, re.MULTILINE))
    return sorted({*packages, *fonts} - listed)


def main() -> int:
    """Run every check, also after one has failed; return 1 if any has."""
    failed = []
    for tool in TOOLS:
        print("$", *tool, flush=True)
        if subprocess.run((sys.executable, "-m", *tool), cwd=ROOT).returncode:
            failed.append(" ".join(tool))
    failed += [f"LICENSES.md does not name {name}" for name in unlisted()]
    print("\n".join(f"FAILED: {name}" for name in failed) or "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
