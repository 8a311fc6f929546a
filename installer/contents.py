"""What ships and what stays behind, as data: one home for the Linux program and the Windows one.

A path here is the one inside the program's folder, with ``/``. Whatever matches ``LEFT_OUT`` stays
behind; of Qt's plugins only those in ``QT_PLUGINS`` go along.
"""

from fnmatch import fnmatchcase

UNUSED_MODULES = (
    *("tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "distutils", "setuptools"),
    *("pip", "pkg_resources", "test", "doctest", "pydoc", "pydoc_data", "pdb", "curses"),
    *(
        "sqlite3",
        "_sqlite3",
        "ssl",
        "_ssl",
        "_hashlib",
        "_uuid",
        "ftplib",
        "imaplib",
        "smtplib",
        "xmlrpc",
        "wsgiref",
    ),
    *("sqlalchemy.testing", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql"),
    *("sqlalchemy.dialects.oracle", "sqlalchemy.dialects.postgresql", "greenlet", "mypy"),
    *("PIL.ImageQt", "PIL.ImageTk", "PIL._imagingtk", "PIL._avif", "PIL._webp"),
    *("numpy", "pandas", "IPython", "matplotlib", "pytest", "hypothesis", "pygments"),
    *("lxml.isoschematron", "lxml.objectify", "lxml.html.diff"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL"),
    *("reportlab.graphics.testshapes", "fontTools.ufoLib"),
    *("pydantic.v1", "pydantic.mypy", "charset_normalizer.cli", "pypinyin.tools"),
)
"""Modules that a library names and the program never reaches."""

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport")
QT_MODULES_LINUX = (*QT_MODULES, "QtDBus")

QT_PLUGINS = {
    "linux": (
        *("platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqwayland-generic.so"),
        "platforminputcontexts/lib[ci]*.so",
        *("imageformats/libq[sj]*.so", "iconengines/*", "platformthemes/libqxdg*.so"),
        "printsupport/*",
        *("wayland-shell-integration/libxdg-shell.so", "wayland-decoration-client/libbradient.so"),
    ),
    "windows": (
        *("platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/*"),
        *("imageformats/q[sj]*.dll", "iconengines/*", "printsupport/*"),
    ),
}
"""Qt's plugins that are used: screens, input methods, pictures, printers."""

LEFT_OUT = (
    "*/reportlab/fonts/*",
    *("*/tests/*", "*/test/*", "*/testing/*", "*/__pycache__/*", "*.pyi", "*.c", "*.pyx", "*.h"),
    *("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/WHEEL"),
    *("*.dist-info/top_level.txt", "*.dist-info/entry_points.txt", "*.dist-info/direct_url.json"),
    *("*/lxml/includes/*", "*/lxml/isoschematron/*", "*/libQt6Qml*", "*/libQt6Quick*"),
    *("*/libQt6Network*", "*/libQt6OpenGL.*", "*/libQt6VirtualKeyboard*", "*/Qt6Quick*"),
    *("*/PIL/_avif*", "*/PIL/_webp*", "*/PIL/_imagingtk*", "*/pillow.libs/libavif*"),
    "*/pillow.libs/libwebp*",
)
"""What libraries bring that nobody uses, and fonts whose licences are not ours to spread."""

SYSTEM_LIBRARIES = (
    *("libstdc++", "libgcc_s", "libglib-2.0", "libgthread-2.0", "libgobject-2.0", "libgio-2.0"),
    *("libdbus-1", "libsystemd", "libcups", "libfontconfig", "libfreetype", "libX11", "libXau"),
    *("libXdmcp", "libbsd", "libmd", "libpng16", "libbrotlicommon", "libbrotlidec", "libpcre"),
    *("libavahi-client", "libavahi-common", "libgnutls", "libnettle", "libhogweed", "libgmp"),
    *("libidn2", "libp11-kit", "libtasn1", "libunistring", "libgssapi_krb5", "libkrb5"),
    *("libk5crypto", "libcom_err", "libkrb5support", "libkeyutils", "libgcrypt", "libgpg-error"),
    *("liblz4", "libzstd", "libuuid"),
)
"""Libraries of a Linux desktop that must be its own: its drivers, printers and fonts use them too,
and two of one kind in a program do not agree. The package depends on them."""

TRANSLATIONS = "*/translations/qtbase_zh_CN.qm"


def ships(path: str, system: str) -> bool:
    """Tell whether a file of a library goes along to ``system`` (``linux`` or ``windows``)."""
    path = "/" + path.replace("\\", "/")
    if any(fnmatchcase(path, pattern) for pattern in LEFT_OUT):
        return False
    if path.rpartition("/")[2].partition(".so")[0] in SYSTEM_LIBRARIES:
        return False
    if "/translations/" in path and path.endswith(".qm"):
        return fnmatchcase(path, TRANSLATIONS)
    _, plugins, plugin = path.partition("/plugins/")
    return not plugins or any(fnmatchcase(plugin, kept) for kept in QT_PLUGINS[system])
