"""How much is invented. The sizes of docs/quality.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    name: str
    communes: int
    branches: int
    members: int
    months: int
    in_bulk: bool  # through the services, or written in bulk


SCALES = {
    scale.name: scale
    for scale in (
        Scale("demo", communes=3, branches=36, members=900, months=18, in_bulk=False),
        Scale("commune", communes=1, branches=40, members=1_000, months=36, in_bulk=True),
        Scale("province", communes=120, branches=3_600, members=80_000, months=36, in_bulk=True),
    )
}
