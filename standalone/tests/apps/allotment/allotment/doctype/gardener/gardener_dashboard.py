def get_data():
    return {"fieldname": "gardener", "transactions": [{"label": "Plots", "items": ["Plot Lease"]}]}
