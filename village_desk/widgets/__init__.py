"""Qt pieces that rooms share; they know no room.

The page of a room, from end to end::

    class DecisionsPage(Page):
        key, title, icon, shortcut = "decisions", "四议两公开", "list-checks", "Ctrl+4"
        tables = frozenset({"decision", "decision_stage"})

        def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
            super().__init__(workplace, parent)
            self.table = DecisionTable()                     # table.py: ListTable[DecisionRow] with its columns
            self.grid = Grid(self.table, empty_words="还没有议题，点“新建议题”登记第一件。")
            self.grid.picked.connect(self.show_one)
            self.column.addWidget(card(self.grid))

        def refresh(self) -> None:                           # first showing, and whenever one of `tables` changed
            self.table.show(self.workplace.read(lookups.all_decisions))

        def save(self, answer: VoteAnswer) -> None:
            self.workplace.write(
                "decisions.record_vote",
                lambda session: actions.record_vote(session, decision_id=self.at, count=answer.count),
                then=lambda result: self.dialog.accept(),    # GUI thread, after every page has refreshed
                said="已登记这次表决。",                        # → notice bar with 撤销
                refused=self.dialog.refuse,                  # a dialog that stays open; without it the notice bar tells
            )

workplace   Workplace: read(lookup) now · write(deed, action, then, said=, refused=) on the writer thread ·
            act(work, …) for what writes by itself (copies, stick) · later(work(task), then, title=) long work with
            task.progress(done, total, words), task.reading(), task.cancel() · changed, told, done, busy, started
page        Page: key, title, icon, shortcut, tables, help_page; column, refresh(), open_record(id),
            start_search() → bool, check(), preview(), say("共412户"), asked_for.emit("decisions", id) to go elsewhere,
            dialogs_to_show(): yield ("vote", dialog) for every main dialog, filled: pictures and layout tests use it
tables      Column(key, title, cell, width, align, tone, tip, sortable, wide, side) · ListTable.show(rows) ·
            PagedTable(columns, fetch_ids(order, filter), fetch_rows(ids), order=Order("name")).narrow(filter)
            rows are frozen and have `id`; `row(i)`, `id_at(i)`, `position(id)`
grid        Grid(table, empty_words=, many=): opened(id), picked(id), current_id(), chosen_ids(), choose(id), enter()
list_page   ListPage(Page): furnish(table, search=, …) a list with one record beside it: rows, told, found, show_record,
            print_sheet(name, make)
sheets      show_sheet(workplace, page, name, make, show): a PDF set in the background and shown before it prints
forms       Form.add(key, label, editor, required=, hint=) → Field; tell({key: words}) · text_area(lines) ·
dialogs     AskDialog(title, parent, accept="登记", closes=False): form, body, problems(), answered, refuse(problem)
asking      Asking(workplace, page).writes(dialog, deed, action, said, then): the answer becomes one step
date_edit   DateEdit(day, today=): day() | None, problem(), set_day(day), day_changed
filter_box  FilterBox(placeholder): searched(text), left_downwards
stepper     Stepper.show_steps([Step(title, StepState.DONE, below)]) · chosen(index)
checks      Checks.show_checks([Check(tone, words, advice, source, act, act_key)]) · acted(act_key) · judged(finding)
attachments AttachmentList(workplace, EVIDENCE, "decision").show_record(id): the evidence files of a record
chips       Chip(words, tone)            tones everywhere: good, warn, bad, note, plain; words carry the meaning
layout      card(*widgets), heading(words), muted(words), title(words), button(words, icon, role=), row(*), line(),
            flow(*buttons) goes on in the next line where the room ends, scrolled(widget)
notice_bar  NoticeBar · empty Empty(sentence, button).acted · preview PdfPreview.show_pdf(bytes, title, file_name)
icons       icon(name, colour) QIcon, pixmap(name, size, colour) from resources/icons
theme       dress(app, type_percent), current(): colours, px(n), points(n), font(n, bold=), narrow, tones(tone)

Sizes: never a fixed width for text, `theme.current().px(8)` for lengths. Buttons are verbs; one primary button a view.
"""
