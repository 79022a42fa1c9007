"""The documents themselves, over the API that every DocType has, tried by everybody."""

from pathlib import Path

import frappe
from frappe import client

from helpdesk.api.rest_table import ROWS, Row
from helpdesk.api.role_table import PEOPLE
from helpdesk.api.test_roles import CAST, REFUSALS, RolesTestCase, filled
from helpdesk.guests import links
from helpdesk.test_utils import acting_as

DOCTYPES = Path(__file__).parents[1] / "helpdesk" / "doctype"


class TestDocuments(RolesTestCase):
    def make_records(self, scene: dict[str, str]) -> None:
        """Add one record of each DocType that the scene does not have yet."""
        made = {
            "activity": {"doctype": "HD Ticket Activity", "ticket": scene["ticket"], "action": "x"},
            "notification": {
                "doctype": "HD Notification",
                "user_from": scene["agent"],
                "user_to": scene["agent"],
                "notification_type": "Mention",
            },
            "preference": {"doctype": "HD Notification Preference", "notification_type": "Mention"},
            "rhythm": {"doctype": "HD Notification Rhythm", "user": scene["agent"]},
            "held": {
                "doctype": "HD Held Notice",
                "user": scene["agent"],
                "ticket": scene["ticket"],
                "due_on": "2030-01-01 00:00:00",
            },
            "survey": {"doctype": "HD Survey", "ticket": scene["other_ticket"], "recipient": "x@y.example"},
            "mute": {"doctype": "HD Ticket Mute", "user": scene["agent"], "ticket": scene["ticket"]},
            "layout": {"doctype": "HD Field Layout", "type": "Landing Page", "user": scene["agent"], "layout": "[]"},
            "view": {"doctype": "HD View", "label": "x", "dt": "HD Ticket", "user": scene["agent"]},
            "vote": {"doctype": "HD Article Feedback", "article": scene["article"], "feedback": "1"},
            "script": {"doctype": "HD Form Script", "name": "x", "dt": "HD Ticket"},
            "stopword": {"doctype": "HD Stopword", "word": "zorblax"},
            "synonyms": {"doctype": "HD Synonyms", "word": "zorblax"},
            "label": {"doctype": "HD Ticket Label", "label": "Zorblax"},
            "type": {"doctype": "HD Ticket Type", "name": "Zorblax"},
        }
        for name, values in made.items():
            scene[name] = frappe.get_doc(values).insert().name
        ticket = frappe.get_doc("HD Ticket", scene["other_ticket"])
        feedback = {"doctype": "HD Email Feedback", "key": ticket.key, "feedback_rating": 1}
        scene["key"] = frappe.db.get_value("HD Ticket", scene["ticket"], "key")
        scene["option"] = frappe.get_all("HD Ticket Feedback Option", pluck="name", limit=1)[0]
        path = links.issue(scene["ticket"], "cleo@acme.example")
        scene["guest_link"] = frappe.db.get_value(links.LINK, {"token_hash": links.hash_of(path.rpartition("/")[2])})
        scene["mail_feedback"] = frappe.get_doc(feedback).insert().name

    def may(self, row: Row, letter: str, user: str, scene: dict[str, str]) -> bool:
        """Tell whether `user` may do what a letter stands for. Being told that the input is bad counts as may."""
        name = filled(row.name, scene)
        frappe.db.savepoint("before_the_call")
        frappe.set_user(user)
        frappe.clear_messages()
        try:
            return self.call(row, letter, name, scene)
        except REFUSALS:
            return False
        except (frappe.ValidationError, frappe.LinkExistsError):
            return True
        finally:
            frappe.set_user("Administrator")
            frappe.db.rollback(save_point="before_the_call")
            frappe.clear_cache(user=user)

    def call(self, row: Row, letter: str, name: str, scene: dict[str, str]) -> bool:
        if letter == "l":
            return [str(each.name) for each in client.get_list(row.doctype, filters={"name": name})] == [name]
        if letter == "r":
            return bool(client.get(row.doctype, name))
        if letter == "w":
            field, value = row.change
            return bool(client.set_value(row.doctype, name, field, value))
        if letter == "c":
            return bool(client.insert({"doctype": row.doctype, **filled(row.new, scene)}))
        client.delete(row.doctype, name)
        return True

    def test_hostile_17_everybody_may_with_each_document_what_the_table_says(self):
        scene = self.set_the_scene()
        self.make_records(scene)
        for row in ROWS:
            for (person, user), may in zip(CAST.items(), row.may.split(), strict=True):
                with self.subTest(doctype=row.doctype, person=person):
                    found = "".join(each if self.may(row, each, user, scene) else "-" for each in row.letters)
                    self.assertEqual(found, may)

    def test_hostile_17_every_doctype_has_a_row(self):
        files = [path / f"{path.name}.json" for path in DOCTYPES.iterdir() if path.is_dir() and path.name[0] != "_"]
        metas = [frappe.parse_json(path.read_text(encoding="utf-8")) for path in files]
        whole = {meta["name"] for meta in metas if not meta.get("istable")}
        self.assertEqual({row.doctype for row in ROWS}, whole)
        self.assertEqual({len(row.may.split()) for row in ROWS}, {len(PEOPLE)})

    def test_hostile_17_rows_of_child_tables_cannot_be_asked_for_from_outside(self):
        self.set_the_scene()
        for doctype in ("HD Team Member", "HD Saved Reply Team", "HD Comment Reaction", "HD Service Level Priority"):
            for person in ("Guest", "requester", "outsider", "customer manager"):
                with self.subTest(doctype=doctype, person=person), acting_as(CAST[person]):
                    self.assert_refused(client.get_list, doctype, fields=["*"])
