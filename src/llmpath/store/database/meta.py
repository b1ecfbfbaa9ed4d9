"""The keys of the table meta, which belong to one database alone: what each row is for."""

IN_USE = "learner"  # whose commands are meant where nobody is named: their id
WELCOMED = "welcomed-"  # before the id of who was welcomed
GUEST = "guest-"  # before the id of who had done nothing here when an import brought their data
OF_A_LEARNER = (WELCOMED, GUEST)
