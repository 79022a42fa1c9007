"""Usage reports of newer framework lines; there are none here."""
