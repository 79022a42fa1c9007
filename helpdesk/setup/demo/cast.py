"""The people and texts of the sample data. Data only."""

AGENTS = (
    ("anna@helpdesk.example", "Anna Berg", "Agent"),
    ("arne@helpdesk.example", "Arne Lund", "Agent"),
    ("grace@helpdesk.example", "Grace Okafor", "Agent"),
    ("priya@helpdesk.example", "Priya Nair", "Agent"),
    ("tomas@helpdesk.example", "Tomás Vega", "Agent"),
    ("mona@helpdesk.example", "Mona Keller", "Agent Manager"),
)

TEAMS = {
    "Product Experts": ("anna@helpdesk.example", "arne@helpdesk.example", "priya@helpdesk.example"),
    "Billing": ("grace@helpdesk.example", "tomas@helpdesk.example"),
}

CATEGORIES = {"Bug": "Bug Report", "Incident": "Technical", "Question": "General"}
"""What a story is about by its type, outside of billing."""

CUSTOMERS = (
    ("Alder & Sons", "alder.example", (("Cleo", "Alder"), ("Hugo", "Marsh"), ("Ines", "Prado"))),
    ("Bluefin Logistics", "bluefin.example", (("Carl", "Jonas"), ("Mei", "Tan"))),
    ("Copperline Foods", "copperline.example", (("Nadia", "Roth"), ("Samir", "Haddad"), ("Lena", "Fuchs"))),
    ("Drift Studios", "drift.example", (("Olu", "Bello"), ("Kira", "Novak"))),
    ("Everton Clinics", "everton.example", (("Paula", "Weiss"), ("Dario", "Conti"))),
    ("Foxglove Books", "foxglove.example", (("June", "Harper"),)),
    ("Granite Works", "granite.example", (("Emil", "Steen"), ("Rosa", "Klein"))),
    ("Harbour Travel", "harbour.example", (("Yuki", "Mori"), ("Ben", "Archer"), ("Ada", "Quist"))),
    ("Ivory Dental", "ivory.example", (("Tess", "Malone"),)),
    ("Juniper Energy", "juniper.example", (("Ravi", "Menon"), ("Greta", "Holm"))),
)

# Who of the customers has an account on the portal; Cleo sees all tickets of her company.
PORTAL_USERS = {"cleo@alder.example": "HD Customer Manager", "hugo@alder.example": "HD Customer"}

# (label, color, what it means)
LABELS = (
    ("VIP", "Amber", "Answer before others"),
    ("Regression", "Red", "Worked before the last release"),
    ("Idea", "Violet", "To be talked about with product"),
    ("Needs a call", "Teal", "Better said than written"),
)

# (team, type, subject, what the customer writes, what the agent answers)
STORIES = (
    ("Product Experts", "Bug", "Export stops at row 500", "The CSV export ends after 500 rows, we have 1,240.", "You found a limit we have lifted today. Please export again and tell me whether all rows are there."),
    ("Product Experts", "Question", "How do I invite a colleague?", "Where do I add a second person to our account?", "Open Settings, then People, and enter the address. The invitation is valid for three days."),
    ("Product Experts", "Incident", "Dashboard does not load since this morning", "We only see a grey page. Three of us tried, two browsers.", "Thank you for the details. One server had run out of disk space; it is back. Does it load for you now?"),
    ("Product Experts", "Bug", "Dates are off by one day in reports", "Everything entered late in the evening shows up a day early.", "Your account was set to another time zone. I have changed it; new reports will be right."),
    ("Product Experts", "Question", "Is there an API for orders?", "We would like to read new orders every hour from our own system.", "There is: see the article “Reading data by script”. You will find your key under Profile."),
    ("Product Experts", "Incident", "Sign-in code never arrives", "I have waited ten minutes, nothing in spam either.", "The code was sent, but your mail server deferred it. I have turned on a second way to sign in for you."),
    ("Product Experts", "Bug", "Attachment preview is blank", "PDFs download fine, but the preview stays white.", "Which version of the browser do you use? With the newest one it works here."),
    ("Product Experts", "Question", "Can we use our own logo?", "Our customers should see our logo on the portal.", "Yes, under Settings, Branding. A square picture of 256 pixels looks best."),
    ("Billing", "Question", "Invoice with our new address", "We moved in March. Can last month's invoice be corrected?", "I have issued it anew with the new address; it is attached."),
    ("Billing", "Question", "Change from monthly to yearly", "We would like to pay once a year. What happens to this month?", "This month is credited. Shall I switch you on the first?"),
    ("Billing", "Incident", "Charged twice in April", "Two identical amounts left our account on the 3rd.", "You are right, and I am sorry. The second one has been returned; it takes up to five days."),
    ("Billing", "Question", "Which VAT number do you use?", "Our accounting asks for your VAT number.", "You will find it at the foot of each invoice. I have also put it into the article “Invoices and taxes”."),
    ("Billing", "Bug", "Coupon is not accepted", "The code from the newsletter says “expired”, though it should be valid until Friday.", "The time zone of the coupon was wrong. It works now, also for orders you placed today."),
)  # fmt: skip

FOLLOW_UPS = (
    "Thanks, that helped a little, but it still happens on one of the computers.",
    "I tried it just now. Same result, screenshot attached in my first mail.",
    "Could you please look again? My colleague sees the same.",
    "That was quick. One more question: does this also apply to the other account?",
)

CLOSINGS = (
    "Wonderful, it works. Thank you!",
    "All good now, thanks for the fast help.",
    "Perfect, you can close this.",
)

NOTES = (
    "Same cause as the two tickets from last week, I have told the developers.",
    "Called them: they use the old app. Sent the link to the new one.",
    "Waiting for the bank to confirm before we answer.",
)

ARTICLES = (
    ("Getting started", "Inviting colleagues", "<p>Open <b>Settings → People</b>, enter an address and choose a role. The invitation is valid for three days.</p>"),
    ("Getting started", "Signing in without a password", "<p>Ask for a one-time link on the sign-in page. It works once, for ten minutes.</p>"),
    ("Getting started", "Your first ten minutes", "<h2>Look around</h2><p>The sidebar holds everything. Press <kbd>?</kbd> for the keys.</p><h2>Invite people</h2><p>Work is more fun together.</p>"),
    ("Accounts and billing", "Invoices and taxes", "<p>Invoices arrive on the first of each month. Our VAT number is at the foot of every invoice.</p>"),
    ("Accounts and billing", "Changing the plan", "<p>A change takes effect at once; what you have paid is credited.</p>"),
    ("Connecting other systems", "Reading data by script", "<p>Make a key under <b>Profile → API</b> and send it in the header <code>Authorization</code>.</p>"),
    ("Connecting other systems", "When something is slow", "<ol><li>Reload the page.</li><li>Try another browser.</li><li>Tell us when it began.</li></ol>"),
)  # fmt: skip
