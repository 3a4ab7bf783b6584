"""What may be done with governed documents, and with what they answer to."""

READ = "policies.read"
WRITE = "policies.write"  # add and change documents, move them, record versions
REGISTER = "policies.register"  # keep the registers of laws, corporate plans and indicators
REPORT = "policies.report"  # write reports to formal bodies and send them
DECIDE = "policies.decide"  # record what a body decided, and approve a document
