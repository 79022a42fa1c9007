"""Comments, mentions, reactions, and the notifications they cause."""

import frappe

from helpdesk.helpdesk.doctype.hd_notification.utils import clear
from helpdesk.helpdesk.doctype.hd_ticket.api import get_ticket_activities
from helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment import (
    get_preset_emojis,
    get_reactions,
    toggle_reaction,
)
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CLEO,
    MONA,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
    outbox,
    published,
    set_status,
)


def mention(user: str) -> str:
    return f'<span data-type="mention" data-id="{user}" data-label="X">@X</span>'


def notifications(user: str, **filters):
    return frappe.get_all(
        "HD Notification",
        filters={"user_to": user, **filters},
        fields=["name", "read", "notification_type", "message", "reference_ticket"],
    )


class TestComments(HelpdeskTestCase):
    def comment(self, ticket, text: str, user: str = ANNA):
        with acting_as(user), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).new_comment(text)
        name = frappe.get_all("HD Ticket Comment", pluck="name", order_by="creation desc", limit=1)[0]
        return frappe.get_doc("HD Ticket Comment", name), mails

    def test_n01_customers_do_not_comment(self):
        ticket = make_ticket()
        with acting_as(CLEO):
            self.assert_refused(frappe.get_doc("HD Ticket", ticket.name).new_comment, "<p>x</p>")

    def test_viewers_are_told_of_comments_with_the_number_of_the_ticket(self):
        ticket = make_ticket()
        with self.settings(enable_comment_reactions=1), published() as events:
            comment, _mails = self.comment(ticket, "Hello")
            toggle_reaction(comment.name, "👍")
            frappe.delete_doc("HD Ticket Comment", comment.name)
        told = [(event, message["ticket_id"]) for event, message, room in events if room and "HD Ticket/" in room]
        on_comments = [each for each in told if each[0] != "helpdesk:ticket-update"]
        expected = ["helpdesk:ticket-comment", "helpdesk:comment-reaction-update", "helpdesk:ticket-comment"]
        self.assertEqual(on_comments, [(event, ticket.name) for event in expected])

    def test_n02_who_is_mentioned_is_told_and_the_author_is_not(self):
        comment, mails = self.comment(make_ticket(), f"<p>{mention(ARNE)} {mention(ANNA)}</p>")
        self.assertEqual(comment.commented_by, ANNA)
        self.assertEqual([row.notification_type for row in notifications(ARNE)], ["Mention"])
        self.assertEqual(notifications(ANNA), [])
        self.assertEqual([mail["recipients"] for mail in mails], [[ARNE]])

    def test_the_mail_about_a_mention_shows_the_comment(self):
        ticket = make_ticket()
        comment, mails = self.comment(ticket, f"<p>Look, {mention(ARNE)}</p>")
        (mail,) = mails
        text = frappe.render_template(f"helpdesk/templates/emails/{mail['template']}.html", mail["args"])
        self.assertIn("Look, ", text)
        self.assertIn(f"/helpdesk/tickets/{ticket.name}#{comment.name}", text)

    def test_n03_an_edit_tells_only_the_new_ones(self):
        comment, _mails = self.comment(make_ticket(), f"<p>{mention(ARNE)}</p>")
        with acting_as(ANNA), outbox() as mails:
            comment.content = f"<p>{mention(ARNE)} {mention(MONA)}</p>"
            comment.save()
        self.assertEqual((len(notifications(ARNE)), len(notifications(MONA))), (1, 1))
        self.assertEqual([mail["recipients"] for mail in mails], [[MONA]])

    def test_n04_without_mail_workflow_there_is_a_notification_only(self):
        with self.settings(skip_email_workflow=1):
            _comment, mails = self.comment(make_ticket(), f"<p>{mention(ARNE)}</p>")
        self.assertEqual((len(notifications(ARNE)), mails), (1, []))

    def test_agents_leave_each_others_comments_alone(self):
        comment, _mails = self.comment(make_ticket(), "<p>mine</p>")
        with acting_as(ARNE):
            comment.content = "<p>not mine</p>"
            self.assert_refused(comment.save)
            self.assert_refused(comment.delete)
        with acting_as(MONA):
            comment.reload()
            comment.delete()
        self.assertFalse(frappe.db.exists("HD Ticket Comment", comment.name))

    def test_nobody_comments_in_another_name(self):
        fields = {"doctype": "HD Ticket Comment", "reference_ticket": make_ticket().name, "content": "x"}
        with acting_as(ANNA):
            self.assert_refused(frappe.get_doc({**fields, "commented_by": ARNE}).insert)

    def test_n11_a_ticket_takes_its_notes_with_it(self):
        ticket = make_ticket()
        self.comment(ticket, f"<p>{mention(ARNE)}</p>")
        set_status(ticket, "Replied")
        frappe.delete_doc("HD Ticket", ticket.name)
        for doctype, field in (("HD Ticket Comment", "reference_ticket"), ("HD Ticket Activity", "ticket")):
            self.assertEqual(frappe.db.count(doctype, {field: ticket.name}), 0)


class TestReactions(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        context = self.settings(enable_comment_reactions=1)
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        self.ticket = make_ticket()
        with acting_as(ANNA):
            self.ticket.new_comment("<p>Look</p>")
        self.comment = frappe.get_all("HD Ticket Comment", pluck="name", order_by="creation desc", limit=1)[0]

    def react(self, user: str, emoji: str):
        with acting_as(user):
            return toggle_reaction(self.comment, emoji)

    def test_n05_one_reaction_per_user(self):
        actions = [self.react(ARNE, emoji)["action"] for emoji in ("👍", "👍", "👍", "🎉")]
        self.assertEqual(actions, ["added", "removed", "added", "changed"])
        self.assertEqual(frappe.db.count("HD Comment Reaction", {"parent": self.comment}), 1)

    def test_n06_other_emoji_and_the_switch(self):
        with self.assertRaises(frappe.ValidationError):
            self.react(ARNE, "🍕")
        with self.settings(enable_comment_reactions=0):
            self.assertIsNone(self.react(ARNE, "👍"))
            self.assertEqual(get_reactions(self.comment), [])
        self.assertEqual(len(get_preset_emojis()), 6)

    def test_n07_the_author_gets_one_notification_that_counts(self):
        self.react(ARNE, "👍")
        with acting_as(ANNA):
            clear()
        self.react(MONA, "🎉")
        found = notifications(ANNA, notification_type="Reaction")
        self.assertEqual([(row.read, "2" in row.message) for row in found], [(0, True)])

    def test_n08_authors_do_not_tell_themselves(self):
        self.react(ANNA, "👍")
        self.assertEqual(notifications(ANNA), [])

    def test_reactions_are_grouped(self):
        self.react(ARNE, "👍")
        self.react(MONA, "👍")
        with acting_as(ARNE):
            groups = get_reactions(self.comment)
        self.assertEqual(
            [(each["emoji"], each["count"], each["current_user_reacted"]) for each in groups], [("👍", 2, True)]
        )

    def test_a_page_brings_the_reactions_of_all_comments_in_few_statements(self):
        self.react(ARNE, "👍")
        with acting_as(ARNE):
            for number in range(5):
                self.ticket.new_comment(f"<p>{number}</p>")
            get_ticket_activities(self.ticket.name)
            with self.assert_statements(9):
                comments = get_ticket_activities(self.ticket.name)["comments"]
            found = {row["name"]: row["reactions"] for row in comments}
            self.assertEqual(found.pop(self.comment), get_reactions(self.comment))
        self.assertEqual(list(found.values()), [[]] * 5)

    def test_customers_do_not_react(self):
        self.assert_refused(self.react, CLEO, "👍")


class TestNotifications(HelpdeskTestCase):
    def test_n09_reopening_tells_the_other_assignees(self):
        ticket = make_ticket()
        for agent in (ANNA, ARNE):
            ticket.assign_agent(agent)
        set_status(ticket, "Replied")
        with acting_as(ANNA):
            set_status(frappe.get_doc("HD Ticket", ticket.name), "Open")
        self.assertEqual(len(notifications(ARNE, notification_type="Reaction")), 1)
        self.assertEqual(notifications(ANNA, notification_type="Reaction"), [])

    def test_n10_looking_at_a_ticket_clears_its_notifications(self):
        first, second = make_ticket(), make_ticket()
        for ticket in (first, second):
            ticket.notify_agent(ANNA, "Assignment")
            ticket.notify_agent(ARNE, "Assignment")
        with acting_as(ANNA):
            frappe.get_doc("HD Ticket", first.name).mark_seen()
        unread = [str(row.reference_ticket) for row in notifications(ANNA, read=0)]
        self.assertEqual(unread, [str(second.name)])
        with acting_as(ANNA):
            clear()
        self.assertEqual((len(notifications(ANNA, read=0)), len(notifications(ARNE, read=0))), (0, 2))

    def test_agents_read_their_own_notifications_only(self):
        make_ticket().notify_agent(ANNA, "Assignment")
        with acting_as(ARNE):
            self.assertEqual(frappe.get_list("HD Notification"), [])
        with acting_as(ANNA):
            self.assertEqual(len(frappe.get_list("HD Notification")), 1)
