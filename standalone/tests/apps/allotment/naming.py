def area_code(doc, variable):
    return (doc.get("area") or "X")[:2].upper()
