"""Pages of the website: a template each, and a module beside it when the page needs to know something."""
