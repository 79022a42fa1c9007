from frappe.search.sqlite_search import SQLiteSearch


class GardenSearch(SQLiteSearch):
    INDEX_NAME = "garden.db"
    INDEX_SCHEMA = {
        "text_fields": ["title", "content"],
        "metadata_fields": ["plot", "owner"],
        "tokenizer": "unicode61 remove_diacritics 2 tokenchars '-_'",
    }
    INDEXABLE_DOCTYPES = {
        "Harvest": {"fields": [{"title": "crop", "content": "weather"}, "plot", "owner"]},
        "Gardener": {"fields": [{"title": "full_name", "content": "town"}]},
        "Garden Post": {"fields": ["title", "content", "owner"], "filters": {"published": 1}},
    }

    def prepare_document(self, doc):
        entry = super().prepare_document(doc)
        return None if entry["title"].startswith("Secret") else entry

    @SQLiteSearch.scoring_function
    def posts_first(self, row, query, query_words):
        return 10 if row["doctype"] == "Garden Post" else 1
