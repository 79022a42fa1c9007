"""Sample data: a team, customers, articles, and two hundred tickets of the last sixty days.

`helpdesk.setup.demo.make` fills an installed site once. The tickets' past is written as finished rows – no mails are
sent, no hooks run – with every figure computed by the same rules that run on live tickets.
"""

from helpdesk.setup.demo.making import make

__all__ = ["make"]
