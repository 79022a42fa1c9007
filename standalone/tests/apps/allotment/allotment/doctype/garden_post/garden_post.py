from frappe.website.website_generator import WebsiteGenerator


class GardenPost(WebsiteGenerator):
    website = {"template": "allotment/templates/garden_post.html", "page_title_field": "title", "no_cache": 1}

    def get_context(self, context):
        context.byline = f"Written by {self.author}"
