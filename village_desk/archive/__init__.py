"""档案: evidence files that belong to records of every room, archive pieces with their numbers, boxes and box indexes.

A photo, a scan or a PDF is kept as an encrypted blob beside the village file and hung on a record by the record's
table name and id. A page of any room hooks the list of files in with three lines::

    from village_desk.archive.actions import EVIDENCE
    from village_desk.widgets.attachments import AttachmentList

    tables = frozenset({"decision", "attachment"})                        # the page shows attachments too
    self.files = AttachmentList(workplace, EVIDENCE, "decision")           # once, anywhere in the page's layout
    self.files.show_record(decision_id)                                    # in refresh(); "" for no record

The list has a button for choosing files, takes files that are dropped on it, opens one on Enter or double click,
saves a copy, and takes one off with undo. Photos are turned upright, made smaller and lose everything that the
camera wrote into them; the day on which they were taken is kept.

Without a window: `actions.keep_file(file, path, of_table=…, of_id=…)` prepares, stores and attaches;
`actions.attach(session, …)` only writes the record (the blob's hash is known already, as for a printed PDF);
`lookups.attachments_of(session, of_table=…, of_id=…)`, `lookups.counts_of(session, of_table=…, of_ids=…)`.
An upper room files a piece of its own with `actions.file_piece(session, title=…, category="文书", of_table=…, …)`.
"""
