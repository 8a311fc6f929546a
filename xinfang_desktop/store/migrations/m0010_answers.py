"""What the summary of a year asks of every limit: the day on which its matter was answered.

The limits in question are many and the matters long; the day alone, found by the matter, spares
reading the matter for it.
"""

STATEMENTS: tuple[str, ...] = ("CREATE INDEX petition_answer ON petition (id, served_on)",)
