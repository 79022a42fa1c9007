"""Who works on a ticket: choosing a person, by hand or by rule, and handing over between teams."""
