"""A QR code drawn inside the page: our policy admits no picture made of data."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

MARGIN = 4  # white around the code, in modules: readers need it


def qr_svg(text: str, *, label: str) -> SafeString:
    code = qrcode.QRCode(border=MARGIN, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, cell in enumerate(row) if cell)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="240" height="240" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        len(rows), label, dark,
    )  # fmt: skip
