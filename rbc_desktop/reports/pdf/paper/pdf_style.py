"""Paper, fonts, colours and text helpers of the PDF report."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError
from reportlab.platypus import Flowable

from ....domain.classes.taxonomy import CellClass
from ....domain.contrast import WHITE
from ....domain.contrast import ink_on as contrast_ink
from ....errors import ExportError
from ....files import resource_root
from ....language import number, tr
from ....phrases import told
from ...text.shaped_text import SHAPER, ReportFont

# ASCII85 makes images a quarter larger; every reader of the last 25 years takes binary streams.
rl_config.useA85 = 0

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 15 * mm
FOOTER = 12 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * MARGIN - FOOTER

REGULAR, BOLD = "RBC-Sans", "RBC-Sans-Bold"
FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}

INK = HexColor("#1A1F26")
MUTED = HexColor("#55606D")
RULE = HexColor("#D3D8DE")
SHADE = HexColor("#F3F5F7")
ACCENT = HexColor("#0B6A94")
WARNING = HexColor("#8A4B00")
WARNING_SHADE = HexColor("#FFF6E5")
UNCLASSIFIED = HexColor("#8A929C")


class Figure(Flowable):
    """A flowable of a size known beforehand: subclasses set `width` and `height` and draw on `self.canv`."""

    width: float
    height: float

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height


NO_PADDING = tuple((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM"))
"""For a `platypus.Table`."""

TABLE = (
    *NO_PADDING,
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("TEXTCOLOR", (0, 0), (-1, -1), INK),
    ("FONT", (0, 0), (-1, 0), BOLD, 6.3),
    ("TEXTCOLOR", (0, 0), (-1, 0), MUTED),
    ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
)
"""A table of text under one line of headings."""


def register_fonts(folder: Path | None = None) -> None:
    """Register the bundled DejaVu Sans (its figures are all equally wide); a second call does nothing.

    Raises:
        ExportError: when the fonts are missing from the resources or damaged.
    """
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    folder = folder or resource_root() / "fonts"
    try:
        fonts = [ReportFont(name, str(folder / file)) for name, file in FILES.items()]
    except TTFError as error:
        raise ExportError(tr("The report's fonts are missing or damaged; install the application again.")) from error
    for font in fonts:
        pdfmetrics.registerFont(font)
    SHAPER.fonts, SHAPER.file = tuple(fonts), str(folder / FILES[REGULAR])
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def paragraph_style(size: float, *, bold: bool = False, colour: Color = INK, leading: float = 1.35) -> ParagraphStyle:
    """A paragraph style in the report's font."""
    return ParagraphStyle(
        f"{size}{bold}{colour}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * leading,
        textColor=colour,
        splitLongWords=1,
    )


def class_colour(cell_class: CellClass | None) -> Color:
    """The colour of a class, grey for cells without one."""
    return HexColor(cell_class.colour) if cell_class is not None else UNCLASSIFIED


def class_code(cell_class: CellClass | None) -> str:
    """The two letters of a class."""
    return cell_class.code if cell_class is not None else "–"


def ink_on(colour: Color) -> Color:
    """White or near-black, whichever reads better on the colour."""
    return HexColor(WHITE) if contrast_ink(f"#{colour.hexval()[2:]}") == WHITE else INK


def printable(text: str) -> str:
    """The text on one line as it is drawn, with a box in place of each letter that no font has (`shaped_text`)."""
    register_fonts()
    return SHAPER.printable(text)


def percent_range(low: float, high: float) -> str:
    """An interval of shares, 0 to 1, in percent."""
    return f"{number(100 * low, '.1f')} – {number(100 * high, '.1f')}"


def markup(text: str) -> str:
    """A text as a paragraph takes it: in the present language, printable, nothing in it is a tag."""
    return escape(printable(told(text)))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def shortened(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """The printable text, cut in the middle where it is wider: both ends of a file name tell files apart."""
    text = printable(text)
    if width_of(text, size, bold=bold) <= width:
        return text
    for keep in range(len(text) - 1, 0, -1):
        tail = keep // 2
        candidate = f"{text[: keep - tail]}…{text[len(text) - tail :]}"
        if width_of(candidate, size, bold=bold) <= width:
            return candidate
    return "…"
