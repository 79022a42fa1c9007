// The account page: logging out.
(() => {
	"use strict";

	const { call } = window.website;
	document.getElementById("logout-form").addEventListener("submit", async (event) => {
		event.preventDefault();
		await call("/api/method/logout", {});
		location.assign("/login");
	});
})();
