"""PDF/A-2b (ISO 19005-2) for archiving: what a paper needs besides, and whether it has it.

No validator can be shipped, so the checks of ``flaws`` are named one by one; each is a clause.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any

PART, CONFORMANCE = "2", "B"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_CONDITION = "sRGB IEC61966-2.1"
_NEVER = ("/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData")
_FLAGS = {"print": 4, "not shown": 1 | 2 | 32}


def archived(pdf: bytes) -> bytes:
    """Give ``pdf`` as PDF/A-2b: with XMP metadata, the meaning of its colours, and nothing else.

    The same bytes give the same bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as paper:
        _describe(paper)
        _tell_colours(paper)
        for page in paper.pages:
            for needless in ("/Trans", "/ProcSet"):
                if needless in page:
                    del page[needless]
        file = io.BytesIO()
        paper.save(file, deterministic_id=True, force_version="1.7")
    return file.getvalue()


def flaws(pdf: bytes) -> list[str]:
    """Name what keeps ``pdf`` from being PDF/A-2b, as far as its structure tells."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as paper:
            return [*_file_flaws(paper, pdf), *_metadata_flaws(paper), *_object_flaws(paper)]
    except pikepdf.PdfError as error:
        return [f"not a PDF that can be read without mending: {error}"]


# making


def _describe(paper: Any) -> None:  # noqa: ANN401 - pikepdf.Pdf
    about = paper.docinfo
    for name in ("/Keywords", "/Trapped"):
        if name in about:
            del about[name]
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(about, delete_missing=True)
        metadata[f"{_PDFA}part"], metadata[f"{_PDFA}conformance"] = PART, CONFORMANCE


def _tell_colours(paper: Any) -> None:  # noqa: ANN401 - pikepdf.Pdf
    from pikepdf import Array, Dictionary, Name, Stream

    profile = Stream(paper, srgb_profile())
    profile.N = 3
    profile.Alternate = Name.DeviceRGB
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=_CONDITION,
        Info=_CONDITION,
        DestOutputProfile=paper.make_indirect(profile),
    )
    paper.Root.OutputIntents = Array([intent])


def srgb_profile() -> bytes:
    """Write the colour profile of sRGB (ICC.1:2010, matrix and one parametric curve)."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0)
    curve += b"".join(map(_fixed, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    adapted = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
    tags = (
        (b"desc", _words("sRGB")),
        (b"cprt", _words("No copyright, use freely")),
        (b"wtpt", _xyz(0.9642, 1.0, 0.8249)),
        (b"chad", b"sf32" + bytes(4) + b"".join(map(_fixed, adapted))),
        (b"rXYZ", _xyz(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", _xyz(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", _xyz(0.14307, 0.06061, 0.71410)),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    )
    place, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags:
        table += name + struct.pack(">II", place + len(body), len(content))
        body += content.ljust(-(-len(content) // 4) * 4, b"\0")
    head = struct.pack(">I4sI4s4s4s", place + len(body), b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += b"".join(map(_fixed, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _words(text: str) -> bytes:
    written = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(written), 28) + written


# checking


def _file_flaws(paper: Any, pdf: bytes) -> Iterator[str]:  # noqa: ANN401 - pikepdf.Pdf
    if not (pdf.startswith(b"%PDF-1.") and pdf.split(b"\n", 2)[1][:1] == b"%"):
        yield "6.1.2: the head has no comment of four bytes above 127"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows the end of the file"
    if "/ID" not in paper.trailer:
        yield "6.1.3: the file has no identifier"
    if paper.is_encrypted:
        yield "6.1.3: the file is encrypted"
    yield from (f"6.1.4: {problem}" for problem in paper.check_pdf_syntax())


def _metadata_flaws(paper: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf.Pdf
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if (metadata.get(f"{_PDFA}part"), metadata.get(f"{_PDFA}conformance")) != (
            PART,
            CONFORMANCE,
        ):
            yield "6.6.4: the metadata do not say PDF/A-2b"
        for name, key in (("/Title", "dc:title"), ("/Creator", "xmp:CreatorTool")):
            if name in paper.docinfo and str(paper.docinfo[name]) != metadata.get(key):
                yield f"6.6.3: {name[1:]} is not the same in the metadata"
    intents = paper.Root.get("/OutputIntents", [])
    profiles = [intent.DestOutputProfile.read_bytes() for intent in intents]
    if [profile[36:40] for profile in profiles] != [b"acsp"]:
        yield "6.2.3: there is not one output intent with a colour profile"


def _object_flaws(paper: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf.Pdf
    import pikepdf

    for thing in paper.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        kind = thing.get("/Type")
        if kind == pikepdf.Name.Font:
            yield from _font_flaws(thing)
        if kind == pikepdf.Name.Annot:
            yield from _annotation_flaws(thing)
        if str(thing.get("/S", "")) in _NEVER or any(name in thing for name in _NEVER[:2]):
            yield "6.5.1: the paper does something by itself"
        if str(thing.get("/SMask", "/None")) != "/None" or thing.get("/Group") is not None:
            yield "6.2.10: something is transparent"
        if thing.get("/ca", 1) != 1 or thing.get("/CA", 1) != 1:
            yield "6.2.10: something is transparent"
        if "/LZWDecode" in str(thing.get("/Filter", "")):
            yield "6.1.7.2: a stream is packed by LZW"
    if "/AcroForm" in paper.Root and "/NeedAppearances" in paper.Root.AcroForm:
        yield "6.4.1: blanks are drawn by the reader"


def _annotation_flaws(annotation: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf.Dictionary
    flags = int(annotation.get("/F", 0))
    if not flags & _FLAGS["print"] or flags & _FLAGS["not shown"]:
        yield "6.3.2: an annotation is not printed"


def _font_flaws(font: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf.Dictionary
    if str(font.Subtype) == "/Type0":
        return
    name, descriptor = str(font.get("/BaseFont", "?")), font.get("/FontDescriptor")
    if descriptor is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
        yield f"6.2.11.4: {name} is not embedded"
        return
    if int(descriptor.Flags) & 4 and "/Encoding" in font and str(font.Subtype) == "/TrueType":
        yield f"6.2.11.6: {name} is symbolic and has an encoding"
    if "/FontFile2" in descriptor and str(font.Subtype) == "/TrueType":
        yield from _width_flaws(font, name, descriptor.FontFile2.read_bytes())


def _width_flaws(font: Any, name: str, file: bytes) -> Iterator[str]:  # noqa: ANN401
    """Compare the widths the paper says with those the font has (6.2.11.5), and its cmap."""
    from fontTools.ttLib import TTFont

    face = TTFont(io.BytesIO(file), lazy=True)
    tables = face["cmap"].tables
    if len(tables) != 1:
        yield f"6.2.11.6: {name} is symbolic and has {len(tables)} character maps"
    units, order = face["head"].unitsPerEm, face.getGlyphOrder()
    for code, said in enumerate(font.Widths, start=int(font.FirstChar)):
        glyph = tables[0].cmap.get(code)
        if glyph is None or order.index(glyph) == 0:
            continue
        if abs(face["hmtx"][glyph][0] * 1000 / units - float(said)) > 1:
            yield f"6.2.11.5: {name} says another width than it has at {code}"
