"""The encrypted store: its key, its engine, its schema; the only place that opens a database.

- ``database``: ``open_store``, ``create_store``, ``Store`` with ``do``, ``read``, ``note``.
- ``accounts``: adding, changing, closing accounts; passwords; the recovery code.
- ``backup``, ``backup_records``, ``schedule``: making and proving backups, what is known of them,
  when one is due and which are kept.
- ``restore``: comparing, rehearsing, restoring, confirming.
- ``check``: looking a store through; ``trail``: the chain of what was done.
- ``vault``: attachments and issued papers.
- ``holding``, ``places``, ``tries``, ``clock``, ``upgrade``: what is seen to at opening.
"""
