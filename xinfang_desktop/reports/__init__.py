"""Columns over many matters: ledgers and figures, as spreadsheets."""
