"""Assignment rules that leave out who cannot work right now, or lacks a skill that others have."""

from typing import Any

from frappe.automation.doctype.assignment_rule.assignment_rule import AssignmentRule

from helpdesk.assignment import choosing, pool
from helpdesk.assignment.team_rules import TICKET, WEIGHTED


class HelpdeskAssignmentRule(AssignmentRule):
    """Chooses among enabled, present and skilled agents for tickets; the stored list of users stays as it is."""

    def get_user(self, doc: Any) -> str | None:
        """Return the user to assign, or None."""
        if self.document_type != TICKET:
            return super().get_user(doc)
        if self.rule == "Round Robin":
            users = [row.user for row in self.users]
            return choosing.next_in_rotation(users, self.last_user, set(pool.fitting(users, doc)))
        if self.rule == "Load Balancing":
            present = pool.fitting([row.user for row in self.users], doc)
            return choosing.least_loaded(present, pool.open_assignments(present, TICKET))
        if self.rule == WEIGHTED:
            weights = {row.user: row.weight or 1 for row in self.weighted_users}
            present = pool.fitting(list(weights), doc)
            chosen = {user: weights[user] for user in present}
            return choosing.by_weight(chosen, pool.assignments_by_rule(present, self.name))
        return super().get_user(doc)
