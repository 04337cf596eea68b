"""A file on the disk does not roll back with its row, so it is removed when its transaction does."""

import logging
import weakref

from django.db import connection, transaction

from portal.files import shelf

log = logging.getLogger(__name__)


class _HeldByTheTransaction:
    """Django tells nobody of a rollback, but then it lets go of the hooks for after the commit, and so of this one."""

    def __init__(self, path: str) -> None:
        self.undo = weakref.finalize(self, _remove_if_unknown, path)
        self.undo.atexit = False  # a process that ends here leaves it to the night's clean-up

    def __call__(self) -> None:
        self.undo.detach()


def gone_if_rolled_back(path: str) -> None:
    transaction.on_commit(_HeldByTheTransaction(path), robust=True)


def _remove_if_unknown(path: str) -> None:
    """The hook is let go of, too, when another hook failed after a commit that went well: so the rows are asked first.

    On a connection of its own, for the other is in the midst of rolling back. What fails here the night's clean-up finds.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT 1 FROM files_storedfile WHERE path = %s", [path])
            known = cursor.fetchone()
        if not known:
            shelf.remove(path)
    except Exception:
        log.exception("a file of a transaction that was rolled back is left to the clean-up")
    finally:
        own.close()
