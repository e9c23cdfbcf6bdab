"""People with an account: what may be done to them and by whom, and how they show who they are."""
