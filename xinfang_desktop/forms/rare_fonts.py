"""Rare characters in DOCX: a subset font travels with the document, so that names are not boxes.

The Fangsong and Song of an office PC draw the characters of GBK. What lies beyond (䶮 and 𬭛 in a
name) is set in a small font of just these characters, embedded the way Word does it (ISO/IEC
29500-1, 17.8.1); a program that takes no embedded fonts falls back to the font named beside it.
"""

import io
import logging
import uuid
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xinfang_desktop.paths import resource

from .faces import Face, face_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FONT_TYPE = f"{_R}/font"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_BEFORE_EMBED = {
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData"),
}
_NAMES = {
    Face.FANGSONG: "Xinfang Rare Fangsong",
    Face.SONG: "Xinfang Rare Song",
    Face.SONG_BOLD: "Xinfang Rare Song Bold",
    Face.SANS: "Xinfang Rare Sans",
    Face.RARE: "Xinfang Rare Song Ext",
}
_FIRST_HAN = 0x2E80
_STORIES = ("word/document.xml", "word/footer", "word/header")


def is_rare(character: str) -> bool:
    """Whether the fonts of an office PC lack it, and one of ours draws it."""
    if ord(character) < _FIRST_HAN:
        return False
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return face_of(character).is_font
    return False


def with_rare_fonts(docx: bytes) -> bytes:
    """Give ``docx`` with the fonts of its rare characters inside; without any it stays as it is."""
    parts = _parts(docx)
    used: dict[Face, set[str]] = defaultdict(set)
    for name in parts:
        if name.startswith(_STORIES):
            parts[name] = _marked(parts[name], used)
    if not used:
        return docx
    faces = sorted(used, key=lambda face: face.name)
    keys = {}
    for number, face in enumerate(faces, start=1):
        font = subset(face, used[face])
        keys[face] = uuid.uuid5(uuid.NAMESPACE_OID, font.hex())
        parts[f"word/fonts/font{number}.odttf"] = obfuscated(font, keys[face])
    parts["word/fontTable.xml"] = _font_table(parts["word/fontTable.xml"], faces, keys)
    parts["word/_rels/fontTable.xml.rels"] = _relations(len(faces))
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"])
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"])
    return _packed(parts)


def without_theme_fonts(docx: bytes) -> bytes:
    """Give ``docx`` with no style that names a font of the theme; WPS would report it missing."""
    from lxml import etree

    parts = _parts(docx)
    for part in ("word/styles.xml", "word/stylesWithEffects.xml"):
        if part not in parts:
            continue
        root = etree.fromstring(parts[part])
        for fonts in root.iter(_w("rFonts")):
            for name in [name for name in fonts.attrib if name.lower().endswith("theme")]:
                del fonts.attrib[name]
        parts[part] = _written(root)
    return _packed(parts)


def subset(face: Face, characters: set[str]) -> bytes:
    """Give a TrueType font of just these characters, under a name of its own."""
    return _subset(face, "".join(sorted(characters)))


@lru_cache(maxsize=32)
def _subset(face: Face, characters: str) -> bytes:
    from fontTools import subset as tools

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = tools.Options(
        layout_features=[], notdef_outline=True, name_IDs=[0, 13, 14], hinting=False
    )
    options.drop_tables += ["DSIG", "FFTM", "GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    font = tools.load_font(str(resource("fonts", face.file)), options)
    cutter = tools.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    name = _NAMES[face]
    names = {1: name, 2: "Regular", 3: name, 4: name, 6: name.replace(" ", "")}
    for place, words in names.items():
        font["name"].setName(words, place, 3, 1, 0x409)
    font["OS/2"].fsType = 0
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    file = io.BytesIO()
    font.save(file)
    font.close()
    return file.getvalue()


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Mix the first 32 bytes with the key (17.8.1); done twice it gives the font again."""
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]


# the text


def _marked(story: bytes, used: dict[Face, set[str]]) -> bytes:
    """Set rare characters in the fonts that draw them, and note which are used."""
    from lxml import etree

    root = etree.fromstring(story)
    for run in list(root.iter(_w("r"))):
        if any(map(is_rare, "".join(text.text or "" for text in run.iter(_w("t"))))):
            for part in _split(run, used):
                run.addprevious(part)
            run.getparent().remove(run)
    return _written(root)


def _split(run: Any, used: dict[Face, set[str]]) -> Iterator[Any]:  # noqa: ANN401 - XML elements
    """Yield runs in place of ``run``: one for each piece of text in one font."""
    for child in run:
        if child.tag == _w("rPr"):
            continue
        if child.tag != _w("t"):
            yield _like(run, deepcopy(child))
            continue
        for face, characters in groupby(child.text or "", key=_rare_face):
            text = deepcopy(child)
            text.text = "".join(characters)
            text.set(_XML_SPACE, "preserve")
            made = _like(run, text)
            if face is not None:
                used[face].update(text.text)
                _name_font(made, _NAMES[face])
            yield made


def _rare_face(character: str) -> Face | None:
    return face_of(character) if is_rare(character) else None


def _like(run: Any, child: Any) -> Any:  # noqa: ANN401 - XML elements
    made = deepcopy(run)
    for old in [one for one in made if one.tag != _w("rPr")]:
        made.remove(old)
    made.append(child)
    return made


def _name_font(run: Any, name: str) -> None:  # noqa: ANN401 - an XML element
    fonts = run.find(f"{_w('rPr')}/{_w('rFonts')}")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_w(script), name)


# the package


def _font_table(table: bytes, faces: list[Face], keys: dict[Face, uuid.UUID]) -> bytes:
    from lxml import etree

    old = etree.fromstring(table)
    root = etree.Element(old.tag, {**old.attrib}, nsmap={**old.nsmap, "r": _R})
    root.extend(list(old))
    for number, face in enumerate(faces, start=1):
        font = etree.SubElement(root, _w("font"), {_w("name"): _NAMES[face]})
        for kind, value in (("altName", face.office_name), ("charset", "86"), ("family", "auto")):
            etree.SubElement(font, _w(kind), {_w("val"): value})
        key = f"{{{str(keys[face]).upper()}}}"
        etree.SubElement(
            font, _w("embedRegular"), {f"{{{_R}}}id": f"rId{number}", _w("fontKey"): key}
        )
    return _written(root)


def _relations(count: int) -> bytes:
    from lxml import etree

    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for number in range(1, count + 1):
        told = {"Id": f"rId{number}", "Type": _FONT_TYPE, "Target": f"fonts/font{number}.odttf"}
        etree.SubElement(root, f"{{{space}}}Relationship", told)
    return _written(root)


def _content_types(types: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(types)
    space = f"{{{_PACKAGE}/content-types}}"
    root.insert(
        0, etree.Element(f"{space}Default", {"Extension": "odttf", "ContentType": _OBFUSCATED})
    )
    return _written(root)


def _settings(settings: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(settings)
    names = [etree.QName(child).localname for child in root]
    place = next((n for n, name in enumerate(names) if name not in _BEFORE_EMBED), len(names))
    for name in ("saveSubsetFonts", "embedTrueTypeFonts"):
        root.insert(place, etree.Element(_w(name)))
    return _written(root)


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def _written(root: Any) -> bytes:  # noqa: ANN401 - an XML element
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()
