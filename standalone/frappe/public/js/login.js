// The log-in page: password, link from a mail, second factor, forgotten password, new account.
(() => {
	"use strict";

	const { call, localPath, onSubmit, say, serverMessage, texts } = window.website;
	const card = document.querySelector(".login");
	const panels = [...card.querySelectorAll("[data-panel]")];
	let pending = {};

	function show(name) {
		const wanted = panels.find((panel) => panel.dataset.panel === name) || panels[0];
		for (const panel of panels) panel.hidden = panel !== wanted;
		wanted?.querySelector("input")?.focus();
	}

	function refusal(answer) {
		if (answer.status === 429) return serverMessage(answer.data) || texts.limit;
		const said = typeof answer.data.message === "string" ? answer.data.message : "";
		return serverMessage(answer.data) || texts.answers[said] || said || texts.failed;
	}

	function goOn(data) {
		const wanted = localPath(card.dataset.redirectTo, "");
		location.assign(wanted || localPath(data.redirect_to || data.home_page));
	}

	function answered(answer, form) {
		const { data } = answer;
		if (!answer.ok) return say(form, refusal(answer));
		if (data.message === "Password Reset") return location.assign(localPath(data.redirect_to));
		if (data.verification) {
			pending = { tmp_id: data.tmp_id };
			if (data.verification.prompt) card.querySelector(".prompt").textContent = data.verification.prompt;
			return show("code");
		}
		return goOn(data);
	}

	onSubmit(document.getElementById("login-form"), async (values, form) => {
		answered(await call("/api/method/login", values), form);
	});

	onSubmit(document.getElementById("code-form"), async (values, form) => {
		answered(await call("/api/method/login", { ...pending, ...values }), form);
	});

	onSubmit(document.getElementById("enter-form"), async (values, form) => {
		answered(await call("/api/method/frappe.www.login.login_via_key", values), form);
	});

	onSubmit(document.getElementById("link-form"), async (values, form) => {
		const redirectTo = card.dataset.redirectTo || null;
		const answer = await call("/api/method/frappe.www.login.send_login_link", { ...values, redirect_to: redirectTo });
		return sent(answer, form, texts.login_link_sent);
	});

	onSubmit(document.getElementById("forgot-form"), async (values, form) => {
		return sent(await call("/api/method/frappe.core.doctype.user.user.reset_password", values), form, texts.sent);
	});

	/** Say that a mail is on its way, the same for known and unknown addresses, or why none can leave this site. */
	function sent(answer, form, text) {
		if (answer.ok) return say(form, text, "green");
		if (answer.status === 429) return say(form, texts.limit);
		return say(form, answer.data.exc_type === "OutgoingEmailError" ? texts.trouble_mail : refusal(answer));
	}

	onSubmit(document.getElementById("signup-form"), async (values, form) => {
		const redirectTo = card.dataset.redirectTo;
		const answer = await call("/api/method/frappe.core.doctype.user.user.sign_up", { ...values, redirect_to: redirectTo });
		if (!answer.ok) return say(form, refusal(answer));
		const [done, text] = answer.data.message || [0, ""];
		return say(form, text, done ? "green" : "red");
	});

	const address = new URL(location.href);
	if (address.searchParams.has("login_key")) {
		address.searchParams.delete("login_key"); // the secret is in the form; it need not stay in the history
		history.replaceState(null, "", address);
	}
	const follow = () => show(location.hash.slice(1));
	window.addEventListener("hashchange", follow);
	follow();
})();
