"""Make the locks in `requirements/` from `pyproject.toml`, from the index pip is set to use."""

import ast
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
    *("--no-header", "--no-annotate", "-c", "requirements/pins.txt", "pyproject.toml"),
)
LOCKS = (
    ("-o", "requirements/run.txt"),
    ("-c", "requirements/run.txt", "--extra", "dev", "-o", "requirements/dev.txt"),
    ("-c", "requirements/run.txt", "--extra", "installer", "-o", "requirements/installer.txt"),
)
# uv reads no pip settings: each is handed to it under the name it knows.
SETTINGS = {
    "index-url": "--default-index",
    "extra-index-url": "--index",
    "find-links": "--find-links",
}


def pip_settings(listing: str) -> list[str]:
    """Turn what `pip config list` prints into uv's options."""
    options: dict[tuple[str, str], None] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        option = SETTINGS.get(key.rpartition(".")[2])
        if option:
            options |= {(option, word): None for word in ast.literal_eval(value).split()}
    return [word for pair in options for word in pair]


def main(arguments: list[str]) -> None:
    """Compile both locks with a uv of its own, in a folder that is thrown away."""
    pip = (sys.executable, "-m", "pip")
    listing = subprocess.run((*pip, "config", "list"), check=True, capture_output=True, text=True)
    options = [*pip_settings(listing.stdout), "--index-strategy", "unsafe-best-match", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder, "Scripts" if os.name == "nt" else "bin")
        subprocess.run((programs / "python", "-m", "pip", "install", "--quiet", "uv"), check=True)
        for lock in LOCKS:
            subprocess.run((programs / "uv", *COMPILE, *lock, *options), check=True, cwd=ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
