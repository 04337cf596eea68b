from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from portal.seeding.demo import DEMO_ACCOUNTS


@entry("home")
def home() -> Contest:
    """The first page."""
    return page_against_bytes(DEMO_ACCOUNTS[0].username, "/", goal=3.0)
