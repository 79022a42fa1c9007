"""Renderers: each looks at a path, says whether it can answer, and does. Apps add theirs with `page_renderer`."""
