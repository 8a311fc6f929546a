"""Qt's own words in Chinese: where a file is chosen, and in the menu of a blank.

Qt speaks English until it is told otherwise, whatever the system's language is.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_FILE = "qtbase_zh_CN"


def speak_chinese(application: QCoreApplication) -> bool:
    """Install the translation that is shipped with Qt; tells whether it was found."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(_FILE, folder) and application.installTranslator(translator)
