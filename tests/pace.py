"""What makes thousands of tests in one process quicker, and changes nothing that they see."""

import gc

from whitenoise.base import WhiteNoise

_read: dict[tuple[str, str, int | None], dict] = {}


def read_static_files_once() -> None:
    """Each test browser builds the middleware anew, and WhiteNoise would look at seven hundred files each time."""
    read = WhiteNoise.update_files_dictionary

    def once(self: WhiteNoise, root: str, prefix: str) -> None:
        key = (root, prefix, self.max_age)
        if key not in _read:
            before = dict(self.files)
            read(self, root, prefix)
            _read[key] = {url: file for url, file in self.files.items() if before.get(url) is not file}
        self.files.update(_read[key])

    WhiteNoise.update_files_dictionary = once


def collect_garbage_seldom() -> None:
    """The tests themselves, once collected, are not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
