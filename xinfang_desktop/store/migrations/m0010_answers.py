"""What the summary of a year asks of very many matters, found without reading them.

Of every limit the day on which its matter was answered; and which matters are not concluded.
"""

STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX petition_answer ON petition (id, served_on)",
    "CREATE INDEX petition_open ON petition (concluded_on) WHERE concluded_on IS NULL",
)
