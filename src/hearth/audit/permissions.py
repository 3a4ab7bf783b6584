"""What may be done with the audit trail: only read."""

READ = "audit.read"
