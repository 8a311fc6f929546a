"""Where a file is chosen the clerk reads Chinese as well."""

from collections.abc import Iterable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from xinfang_desktop.ui.qt_words import speak_chinese


def translators(application: QApplication) -> set[QTranslator]:
    return set(cast("Iterable[QTranslator]", application.findChildren(QTranslator)))


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """Give the application, without its new words afterwards."""
    before = translators(qapp)
    yield qapp
    for translator in translators(qapp) - before:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("words", ["Look in:", "File &name:", "Files of type:"])
def test_choosing_a_file_is_in_chinese(application: QApplication, words: str) -> None:
    assert speak_chinese(application)
    told = QCoreApplication.translate("QFileDialog", words)
    assert told != words
    assert not told.isascii()
