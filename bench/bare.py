"""WeasyPrint alone, the yardstick: lays out ``page.html`` in a folder with ``page.css`` and what is attached to it."""

import sys
from pathlib import Path

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

folder, output = Path(sys.argv[1]), Path(sys.argv[2])
base_url = f"{folder.resolve().as_uri()}/"
fonts = FontConfiguration()
page = HTML(string=(folder / "page.html").read_text(encoding="utf-8"), base_url=base_url)
sheet = CSS(string=(folder / "page.css").read_text(encoding="utf-8"), base_url=base_url, font_config=fonts)
page.write_pdf(
    output,
    stylesheets=[sheet],
    font_config=fonts,
    pdf_variant="pdf/a-3a",
    attachments=[Attachment(filename=path, relationship="Source") for path in sorted(folder.glob("attached/*"))],
)
