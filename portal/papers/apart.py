"""Sets one part of a long paper in a process of its own: what is to be set comes in as JSON, the PDF goes to the file named.

Setting takes some 6 MB a page and gives little back; here all of it goes back when the process ends, two parts are set at a time,
and a part that takes too much ends itself instead of the portal's worker. Run by drawing.py as a file, so that nothing of the
portal is loaded; so it fetches nothing: whatever a part shows stands in it.
"""

import json
import resource
import sys
from typing import Any

VARIANT = "pdf/a-3a"
MOST_MEMORY = 1536 * 1024 * 1024  # of addresses, which is far more than is ever held


def main(into: str, most_seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    with open(into, "wb") as file:
        file.write(tagged(asked["html"], asked["css"], asked["part"]))
    return 0


def tagged(html: str, css: list[str], part: int) -> bytes:
    import weasyprint
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"a part fetches nothing: {url[:80]}")

    fetcher = Nothing(allowed_protocols=(), allow_redirects=False)
    sheets = [weasyprint.CSS(string=one, url_fetcher=fetcher) for one in css]
    page = weasyprint.HTML(string=html, base_url="nothing:", url_fetcher=fetcher)
    options: dict[str, Any] = {"pdf_variant": VARIANT, "finisher": Finisher(part)}
    return page.write_pdf(stylesheets=sheets, **options) or b""


class Finisher:
    """Says of each head which way it leads, and names heads so that no other part of the paper names one alike."""

    def __init__(self, part: int) -> None:
        self.part = part

    def __call__(self, document: Any, pdf: Any) -> None:
        import pydyf

        def named(name: Any) -> Any:
            return pydyf.String(f"{self.part}/{name.string}")

        for thing in pdf.objects:
            kind = thing.get("S") if isinstance(thing, dict) else None
            if kind == "/TH" and "ID" in thing:
                thing["ID"] = named(thing["ID"])
                thing["A"]["Scope"] = "/Column"
            elif kind == "/TD" and "Headers" in thing.get("A", {}):
                heads = [named(one) for one in thing["A"]["Headers"]]
                if heads:
                    thing["A"]["Headers"] = pydyf.Array(heads)
                else:
                    del thing["A"]["Headers"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
