// What the forms of the website share: calling the server, and saying what came of it.
(() => {
	"use strict";

	const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

	/** Call a method of the server. Returns {ok, status, data}; `data` is {} when the answer was no JSON. */
	async function call(path, values) {
		const headers = { Accept: "application/json", "Content-Type": "application/json" };
		if (window.frappe?.csrf_token) headers["X-Frappe-CSRF-Token"] = window.frappe.csrf_token;
		const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(values) });
		const data = await response.json().catch(() => ({}));
		return { ok: response.ok, status: response.status, data };
	}

	/** Return the first message the server sent along, as plain text. */
	function serverMessage(data) {
		try {
			const [first] = JSON.parse(data._server_messages || "[]");
			const html = first ? JSON.parse(first).message : "";
			return new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim();
		} catch {
			return "";
		}
	}

	/** Show a text above the fields of a form. */
	function say(form, text, color = "red") {
		const status = form.querySelector(".status");
		status.textContent = text;
		status.dataset.color = color;
		status.hidden = !text;
	}

	/** Let `work` handle the values of a form when it is sent; one at a time. */
	function onSubmit(form, work) {
		form?.addEventListener("submit", async (event) => {
			event.preventDefault();
			const button = form.querySelector("button[type=submit]");
			if (button.getAttribute("aria-busy") === "true") return;
			say(form, "");
			button.setAttribute("aria-busy", "true");
			try {
				await work(Object.fromEntries(new FormData(form)), form);
			} catch (error) {
				console.error(error);
				say(form, texts.trouble || String(error));
			} finally {
				button.removeAttribute("aria-busy");
			}
		});
	}

	/** Return a path of this site, or the fallback: an answer must not lead anybody elsewhere. */
	function localPath(path, fallback = "/") {
		if (typeof path !== "string" || !path) return fallback;
		try {
			const target = new URL(path, location.origin);
			return target.origin === location.origin ? target.pathname + target.search + target.hash : fallback;
		} catch {
			return fallback;
		}
	}

	window.website = { call, localPath, onSubmit, say, serverMessage, texts };
})();
