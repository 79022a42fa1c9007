"""A change of a document calls the services that wait for it, once, after the commit, and never inside the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

import frappe
from frappe.deferred_insert import save_to_db
from frappe.integrations.doctype.webhook.webhook import SIGNATURE_HEADER, signature
from frappe.jobs import drain

HERE = "127.0.0.1"


class Service:
    """Another service: keeps what it was sent, answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.server = make_server(HERE, 0, self.answer)
        self.url = f"http://{HERE}:{self.server.server_port}"

    def answer(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.requests.append((request.method, request.path, dict(request.headers), request.get_data()))
        status = self.statuses.pop(0) if self.statuses else 200
        return Response("Fine", status=status)(environ, start_response)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()


@pytest.fixture(autouse=True)
def _may_call_this_machine(site: Any) -> None:
    frappe.local.conf["outgoing_private_hosts"] = [HERE]
    frappe.installer.update_site_config("outgoing_private_hosts", [HERE])


def make_webhook(service: Service, event: str = "after_insert", **values: Any) -> Any:
    wanted = {"doctype": "Webhook", "webhook_doctype": "ToDo", "webhook_docevent": event, "request_url": service.url}
    data = [{"fieldname": "description", "key": "text"}, {"fieldname": "name", "key": "id"}]
    made = frappe.get_doc({**wanted, "webhook_data": data, **values}).insert()
    frappe.db.commit()
    return made


def make_todo(**values: Any) -> Any:
    made = frappe.get_doc({"doctype": "ToDo", "description": "Water", **values}).insert()
    frappe.db.commit()
    return made


def bodies(service: Service) -> list[Any]:
    drain()
    return [json.loads(body) for _method, _path, _headers, body in service.requests]


def test_a_new_document_is_told_with_the_chosen_fields(service: Service) -> None:
    make_webhook(service)
    todo = make_todo()
    assert bodies(service) == [{"text": "Water", "id": todo.name}]
    log = frappe.get_last_doc("Webhook Request Log")
    assert (log.reference_document, log.error) == (todo.name, None)
    assert log.response.startswith("200 OK")


def test_what_was_rolled_back_is_not_told(service: Service) -> None:
    make_webhook(service)
    frappe.get_doc({"doctype": "ToDo", "description": "Never"}).insert()
    frappe.db.rollback()
    frappe.db.savepoint("before")
    frappe.get_doc({"doctype": "ToDo", "description": "Nor this"}).insert()
    frappe.db.rollback(save_point="before")
    frappe.db.commit()
    assert bodies(service) == []


def test_many_saves_in_one_transaction_are_told_once_as_they_end(service: Service) -> None:
    make_webhook(service, "on_update")
    todo = frappe.get_doc({"doctype": "ToDo", "description": "One"}).insert()
    todo.description = "Two"
    todo.save()
    frappe.db.commit()
    assert [body["text"] for body in bodies(service)] == ["Two"]


def test_a_condition_chooses(service: Service) -> None:
    make_webhook(service, condition="doc.priority == 'High'")
    make_todo(priority="Low")
    make_todo(priority="High", description="Now")
    assert [body["text"] for body in bodies(service)] == ["Now"]


def test_a_deleted_document_is_told_as_it_was(service: Service) -> None:
    make_webhook(service, "on_trash")
    make_todo().delete()
    frappe.db.commit()
    assert [body["text"] for body in bodies(service)] == ["Water"]


def test_a_text_and_a_url_are_templates(service: Service) -> None:
    text = '{"said": {{ doc.description | tojson }}}'
    url = f"{service.url}/" + "{{ doc.priority }}"
    more: dict[str, Any] = {"request_structure": "JSON", "webhook_json": text, "is_dynamic_url": 1, "request_url": url}
    make_webhook(service, request_method="PUT", **more)
    make_todo(description='Say "hi"', priority="High")
    assert bodies(service) == [{"said": 'Say "hi"'}]
    assert service.requests[0][:2] == ("PUT", "/High")


def test_headers_and_a_signature_go_along(service: Service) -> None:
    header = {"key": "Authorization", "value": "token t0p"}
    make_webhook(service, webhook_headers=[header], enable_security=1, webhook_secret="s3cret")
    make_todo()
    bodies(service)
    _method, _path, headers, body = service.requests[0]
    assert headers["Authorization"] == "token t0p"
    assert headers[SIGNATURE_HEADER] == signature("s3cret", body)
    assert "t0p" not in frappe.get_last_doc("Webhook Request Log").as_json()


def test_a_busy_service_is_called_again(service: Service) -> None:
    service.statuses = [503]
    make_webhook(service)
    make_todo()
    with pytest.raises(frappe.RetryBackgroundJobError):
        drain()
    save_to_db()
    assert "503" in frappe.get_last_doc("Webhook Request Log").error
    assert len(service.requests) == 1


def test_a_refusal_is_logged_and_not_repeated(service: Service) -> None:
    service.statuses = [404]
    make_webhook(service)
    make_todo()
    assert len(bodies(service)) == 1
    assert frappe.get_last_doc("Webhook Request Log").error == "Answered 404 NOT FOUND"


def test_addresses_inside_the_network_are_not_called(service: Service) -> None:
    frappe.installer.update_site_config("outgoing_private_hosts", None)
    frappe.local.conf.pop("outgoing_private_hosts")
    make_webhook(service)
    make_todo()
    drain()
    assert service.requests == []
    assert "private network" in frappe.get_last_doc("Webhook Request Log").error


def test_a_broken_template_spoils_nothing_but_the_call(service: Service) -> None:
    hook = make_webhook(service, request_structure="JSON", webhook_json='{"a": 1}')
    frappe.db.set_value("Webhook", hook.name, "webhook_json", '{"a": {{ doc.missing.deeper }}')
    frappe.db.commit()
    todo = make_todo()
    drain()
    assert frappe.db.exists("ToDo", todo.name)
    assert frappe.get_last_doc("Webhook Request Log").error


@pytest.mark.parametrize(
    "values",
    [
        {"request_url": "ftp://example.com"},
        {"request_url": "nowhere"},
        {"webhook_docevent": "on_submit"},
        {"condition": "doc.status ="},
        {"enable_security": 1},
        {"webhook_data": [{"fieldname": "nonsense", "key": "a"}]},
        {"webhook_data": [{"fieldname": "name", "key": "a"}, {"fieldname": "status", "key": "a"}]},
    ],
)
def test_what_cannot_work_is_refused(service: Service, values: dict[str, Any]) -> None:
    with pytest.raises(frappe.ValidationError):
        make_webhook(service, **values)


def test_only_managers_of_the_system_see_webhooks(site: Any) -> None:
    frappe.set_user("Guest")
    assert not frappe.has_permission("Webhook", "read")


def test_a_site_without_webhooks_asks_for_them_once(site: Any) -> None:
    make_todo()
    before = frappe.db.statement_count
    todo = frappe.new_doc("ToDo")
    frappe.integrations.doctype.webhook.run_webhooks(todo, "on_update")
    assert frappe.db.statement_count == before
