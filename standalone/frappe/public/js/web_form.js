// A web form: what people fill in is checked, sent, and answered by a thank-you.
// Scripts of forms find `frappe.ready`, `frappe.web_form`, `frappe.call`, `frappe.msgprint` and `frappe.throw`.
(() => {
	"use strict";

	const { call, localPath, onSubmit, say, serverMessage, texts } = window.website;
	const settings = JSON.parse(document.getElementById("web-form-settings").textContent);
	const form = document.getElementById("web-form");
	const done = document.getElementById("web-form-done");
	const listeners = new Map();
	const waiting = [];
	let isReady = false;

	// -- fields

	const boxOf = (fieldname) => form.querySelector(`.field[data-field="${CSS.escape(fieldname)}"]`);
	const boxes = () => [...form.querySelectorAll(".field")];
	const controlsOf = (box) => [...box.querySelectorAll("input, select, textarea")];

	/** Return the value of a field: a number for a check box, "" for nothing. */
	function valueOf(box) {
		const [control] = controlsOf(box);
		if (box.dataset.type === "Check") return control.checked ? 1 : 0;
		if (box.dataset.type === "Rating") return box.querySelector("input:checked")?.value ?? "";
		if (control.type === "file") return control.dataset.url || "";
		return control.value;
	}

	function setValue(box, value) {
		const text = value === null || value === undefined ? "" : String(value);
		const [control] = controlsOf(box);
		if (box.dataset.type === "Check") control.checked = Boolean(Number(text));
		else if (box.dataset.type === "Rating") {
			for (const star of controlsOf(box)) star.checked = text !== "" && Math.abs(Number(star.value) - Number(text)) < 0.001;
		} else if (control.type === "file") control.dataset.url = text;
		else control.value = text;
	}

	const values = () => Object.fromEntries(boxes().map((box) => [box.dataset.field, valueOf(box)]));

	function required(fieldname) {
		const box = boxOf(fieldname);
		if (!box) throw new Error(`This form has no field ${fieldname}.`);
		return box;
	}

	function setProperty(fieldname, property, value) {
		const box = required(fieldname);
		if (property === "hidden") box.hidden = Boolean(Number(value));
		else if (property === "reqd") for (const control of controlsOf(box)) control.required = Boolean(Number(value));
		else if (property === "read_only") for (const control of controlsOf(box)) control.disabled = Boolean(Number(value));
		else if (property === "options") setOptions(box, value);
		else throw new Error(`Web forms here cannot set the property ${property} of a field.`);
	}

	function setOptions(box, options) {
		const list = Array.isArray(options) ? options : String(options).split("\n");
		const [control] = controlsOf(box);
		control.replaceChildren(
			...list.map((option) => new Option(option.label ?? option, option.value ?? option)),
		);
	}

	// -- conditions: fields that depend on others

	function holds(condition, doc) {
		if (!condition) return undefined;
		if (!condition.startsWith("eval:")) return Boolean(doc[condition] && doc[condition] !== "0");
		return Boolean(new Function("doc", `return (${condition.slice(5)});`)(doc));
	}

	function applyConditions() {
		const doc = values();
		for (const [fieldname, { shown, required: needed, read_only }] of Object.entries(settings.conditions)) {
			const answers = { hidden: holds(shown, doc), reqd: holds(needed, doc), read_only: holds(read_only, doc) };
			if (answers.hidden !== undefined) setProperty(fieldname, "hidden", answers.hidden ? 0 : 1);
			if (answers.reqd !== undefined) setProperty(fieldname, "reqd", answers.reqd ? 1 : 0);
			if (answers.read_only !== undefined) setProperty(fieldname, "read_only", answers.read_only ? 1 : 0);
		}
	}

	function changed(box) {
		mark(box, "");
		if (!form.querySelector("[aria-invalid]")) say(form, "");
		for (const listener of listeners.get(box.dataset.field) || []) listener(webForm, valueOf(box));
		applyConditions();
	}

	// -- checking

	function mark(box, problem) {
		const text = box.querySelector(".problem");
		text.textContent = problem;
		text.hidden = !problem;
		for (const control of controlsOf(box)) {
			if (problem) control.setAttribute("aria-invalid", "true");
			else control.removeAttribute("aria-invalid");
		}
	}

	function problemOf(box) {
		if (box.hidden) return "";
		const control = controlsOf(box).find((each) => !each.disabled && !each.checkValidity());
		const tooLarge = controlsOf(box).some((each) => isTooLarge(each));
		if (tooLarge) return texts.too_large;
		if (!control) return "";
		if (control.type === "file" && control.dataset.url) return "";
		if (!control.validity.valueMissing) return control.validationMessage;
		return box.dataset.type === "Rating" ? texts.missing_stars : texts.missing;
	}

	function isTooLarge(control) {
		const limit = settings.max_attachment_mb;
		return Boolean(limit && control.files?.[0] && control.files[0].size > limit * 1024 * 1024);
	}

	/** Mark what is missing or wrong and go to the first of it; true when there is nothing. */
	function check() {
		const wrong = boxes().filter((box) => {
			const problem = problemOf(box);
			mark(box, problem);
			return problem;
		});
		if (!wrong.length) return true;
		say(form, texts.check);
		controlsOf(wrong[0])[0].focus();
		return false;
	}

	// -- sending

	async function upload(control) {
		const body = new FormData();
		body.append("file", control.files[0]);
		body.append("is_private", "1");
		const headers = { Accept: "application/json" };
		if (window.frappe.csrf_token) headers["X-Frappe-CSRF-Token"] = window.frappe.csrf_token;
		const response = await fetch("/api/method/upload_file", { method: "POST", headers, body });
		const data = await response.json().catch(() => ({}));
		if (!response.ok) throw new Error(serverMessage(data) || texts.failed);
		control.dataset.url = data.message.file_url;
		control.value = "";
	}

	async function uploadFiles() {
		for (const control of form.querySelectorAll("input[type=file]")) if (control.files[0]) await upload(control);
	}

	function thank(message) {
		form.hidden = true;
		done.hidden = false;
		const link = done.querySelector("[data-entry]");
		if (link) link.href = `${settings.route}/${encodeURIComponent(message.name)}`;
		done.focus();
		const next = localPath(settings.success_url, "");
		if (next) setTimeout(() => location.assign(next), 2000);
	}

	async function send() {
		if (!check()) return;
		if (webForm.validate && (await webForm.validate()) === false) return;
		try {
			await uploadFiles();
		} catch (error) {
			return void say(form, error.message);
		}
		const data = values();
		if (settings.docname) data.name = settings.docname;
		const answer = await call("/api/method/frappe.website.doctype.web_form.web_form.accept", {
			web_form: settings.name,
			data,
		});
		if (answer.status === 429) return void complain(texts.limit);
		if (!answer.ok) return void complain(serverMessage(answer.data) || texts.failed);
		webForm.doc = answer.data.message;
		webForm.after_save?.();
		thank(answer.data.message);
	}

	function complain(text) {
		say(form, text);
		form.querySelector(".status").focus();
	}

	// -- what scripts of forms use

	const webForm = {
		doc: {},
		get_value: (fieldname) => valueOf(required(fieldname)),
		get_values: () => (check() ? values() : null),
		set_value(fieldname, value) {
			const box = required(fieldname);
			setValue(box, value);
			changed(box);
		},
		set_values(given) {
			for (const [fieldname, value] of Object.entries(given)) if (boxOf(fieldname)) webForm.set_value(fieldname, value);
		},
		set_df_property: setProperty,
		on(fieldname, listener) {
			listeners.set(fieldname, [...(listeners.get(fieldname) || []), listener]);
		},
		validate: null,
		after_load: null,
		after_save: null,
	};

	window.frappe = Object.assign(window.frappe || {}, {
		web_form: webForm,
		web_form_doc: settings,
		session: { user: settings.user },
		ready: (work) => (isReady ? work() : waiting.push(work)),
		msgprint: (message) => say(form, message?.message ?? message, "green"),
		throw(message) {
			complain(message);
			throw new Error(message);
		},
		async call(given, args) {
			const { method, callback, args: named } = typeof given === "string" ? { method: given } : given;
			const answer = await call(`/api/method/${method}`, args || named || {});
			if (!answer.ok) complain(serverMessage(answer.data) || texts.failed);
			callback?.(answer.data);
			return answer.data;
		},
	});

	/** A mistake in the script of a form must not keep people from sending the form; the console tells about it. */
	function attempt(work) {
		try {
			work();
		} catch (error) {
			console.error(error);
		}
	}

	form.addEventListener("input", (event) => {
		const box = event.target.closest(".field");
		if (box) changed(box);
	});
	onSubmit(form, send);
	if (settings.client_script) attempt(() => new Function(settings.client_script)());
	isReady = true;
	for (const work of waiting) attempt(work);
	attempt(() => webForm.after_load?.());
	attempt(applyConditions);
})();
