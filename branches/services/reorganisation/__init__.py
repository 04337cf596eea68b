"""What is done to the tree, each with its day and its decision. `preview` does it and takes it back at once."""

from branches.services.reorganisation.abolishing import abolish_level
from branches.services.reorganisation.dissolving import dissolve_organisation
from branches.services.reorganisation.founding import found_organisation
from branches.services.reorganisation.merging import merge_organisations
from branches.services.reorganisation.moving import move_organisations
from branches.services.reorganisation.previewing import preview
from branches.services.reorganisation.renaming import rename_organisation
from branches.services.reorganisation.splitting import split_organisation
from branches.services.reorganisation.undoing import undo_reorganisation

__all__ = [
    "abolish_level", "dissolve_organisation", "found_organisation", "merge_organisations", "move_organisations",
    "preview", "rename_organisation", "split_organisation", "undo_reorganisation",
]  # fmt: skip
