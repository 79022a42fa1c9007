// The page for a new password.
(() => {
	"use strict";

	const { call, localPath, onSubmit, say, serverMessage, texts } = window.website;
	const form = document.getElementById("password-form");
	const strength = document.getElementById("strength");
	const methods = "/api/method/frappe.core.doctype.user.user.";
	let waiting;

	function describe(score) {
		const feedback = score?.feedback || {};
		if (feedback.password_policy_validation_passed) return texts.strong;
		return [feedback.warning, ...(feedback.suggestions || [])].filter(Boolean).join(" ") || texts.weak;
	}

	async function judge() {
		const { new_password: password, old_password } = Object.fromEntries(new FormData(form));
		if (!password) return void (strength.textContent = "");
		const answer = await call(methods + "test_password_strength", {
			new_password: password,
			key: form.dataset.key || null,
			old_password: old_password || null,
		});
		const score = answer.data.message;
		strength.textContent = answer.ok && score?.feedback ? describe(score) : "";
	}

	/** Why not: a message, or (a link that is worth nothing any more) the answer itself. */
	function refusal(data) {
		return serverMessage(data) || (typeof data.message === "string" && data.message) || texts.failed;
	}

	form.elements.new_password.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(() => judge().catch(console.error), 400);
	});

	onSubmit(form, async (values) => {
		if (values.new_password !== values.confirm) return say(form, texts.different);
		const answer = await call(methods + "update_password", {
			new_password: values.new_password,
			logout_all_sessions: values.logout_all_sessions ? 1 : 0,
			key: form.dataset.key || null,
			old_password: values.old_password || null,
		});
		if (answer.status === 429) return say(form, texts.limit);
		if (!answer.ok) return say(form, refusal(answer.data));
		say(form, texts.saved, "green");
		return location.assign(localPath(form.dataset.redirectTo, "") || localPath(answer.data.message));
	});
})();
