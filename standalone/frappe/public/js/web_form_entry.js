// The page of something that was sent through a web form: deleting it.
(() => {
	"use strict";

	const { call, onSubmit, say, serverMessage } = window.website;
	const form = document.getElementById("web-form-delete");

	onSubmit(form, async () => {
		if (!window.confirm(form.dataset.question)) return;
		const answer = await call("/api/method/frappe.website.doctype.web_form.web_form.delete", {
			web_form_name: form.dataset.form,
			docname: form.dataset.docname,
		});
		if (!answer.ok) return say(form, serverMessage(answer.data) || String(answer.status));
		return location.assign(form.dataset.then);
	});
})();
