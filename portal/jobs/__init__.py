"""Long work that one can watch: a row says who asked, how far it is, and where the result lies.

An app names what takes long in its `jobs.py`:

    @job("members.import", queue="heavy", words="Nhập danh sách đảng viên")
    def import_members(work: Work) -> Result: …

and its service asks for it: `ask_for("members.import", by=actor, title=…, parameters=…, key=…)`. The work runs in one transaction
of a worker, as the person who asked and in the same capacity; it may die at any instruction and is done anew, wholly or not at all.
"""
