"""Sets the parts of a long paper, each in a process of its own: what is to be set comes in as JSON, the PDFs go into the folder named.

Setting takes some 6 MB a page and gives little back; here all of it goes back when the process of a part ends, and a part that
takes too much ends itself instead of the portal's worker. Run by drawing.py as a file, so that nothing of the portal is loaded;
so it fetches nothing: whatever a part shows stands in it. What all parts need is loaded once, before they go apart.
"""

import gc
import json
import os
import resource
import shutil
import signal
import sys
import time
from typing import Any

VARIANT = "pdf/a-3a"
MOST_MEMORY = 1536 * 1024 * 1024  # of addresses, which is far more than is ever held
BETWEEN_LOOKS = 0.02


def main(folder: str, most_seconds: int, at_once: int, worker: int) -> int:
    """`worker`: who asked. It may be dead before this process has begun to look."""
    import weasyprint  # noqa: F401  by this process, for all that follow it

    asked = json.load(sys.stdin)
    waiting, running = list(range(len(asked))), set[int]()
    try:
        while (waiting or running) and os.getppid() == worker:
            while waiting and len(running) < at_once:
                number = waiting.pop(0)
                running.add(_apart(f"{folder}/{number}.pdf", asked[number], most_seconds))
            time.sleep(BETWEEN_LOOKS)
            ended = _that_ended()
            running -= ended.keys()
            if any(ended.values()):
                return 1
        return 0
    finally:
        _end(running)
        if os.getppid() != worker:  # nobody will fetch it
            shutil.rmtree(folder, ignore_errors=True)


def _end(running: set[int]) -> None:
    """Waited for, so that none still writes into a folder that is being emptied."""
    for process in running:
        os.kill(process, signal.SIGKILL)
    for process in running:
        os.waitpid(process, 0)


def _that_ended() -> dict[int, int]:
    found: dict[int, int] = {}
    while True:
        try:
            process, ended = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if not process:
            return found
        found[process] = ended


def _apart(into: str, asked: dict[str, Any], most_seconds: int) -> int:
    process = os.fork()
    if process:
        return process
    ended = 1
    try:
        put(into, asked, most_seconds)
        ended = 0
    except BaseException as failed:  # noqa: BLE001  whatever it is, this process ends here
        sys.stderr.write(f"{type(failed).__name__}: {failed}\n")
        sys.stderr.flush()
    finally:
        os._exit(ended)


def put(into: str, asked: dict[str, Any], most_seconds: int) -> None:
    """Under its name only when all of it is there."""
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # what is thrown away goes with the process; looking for it would cost a sixth of the time
    content = tagged(asked["html"], asked["css"], asked["part"])
    with open(f"{into}.made", "wb") as file:
        file.write(content)
    os.rename(f"{into}.made", into)


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
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
