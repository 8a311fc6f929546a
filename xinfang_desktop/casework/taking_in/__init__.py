"""Taking in a foreign ledger (台账导入): read it, map its columns, check it, enter it, withdraw it.

Whatever a cell says either lands as it was typed or waits, with what it said, to be put right by
hand. Nothing is guessed and nothing is dropped without a word.

- ``workbook``: a file becomes sheets of cells.
- ``old_excel``: what an .xls says beside its values.
- ``layout``: where the heads are, and which rows are matters.
- ``columns``: which column is what, by its head and by what stands in it.
- ``cells``: what a cell says where a day, a number, a name is meant.
- ``rows``: a row becomes the record of a matter, or a list of what must be put right.
- ``checking``: the dry run, row by row.
- ``entering``: the import itself, and its withdrawal.
- ``repairs``: the rows that wait.
- ``waiting``: how a row that waits is settled by the registration form.
- ``telling``: a dry run as others read it, without full numbers.
"""
