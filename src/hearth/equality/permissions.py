"""What may be done with equality figures."""

SEE = "equality.see"  # profiles with small numbers hidden, category sets, evidence
SEE_EXACT = "equality.see_exact"  # the exact counts of a profile
KEEP = "equality.keep"  # keep profiles, category sets and evidence
ANSWERS = "equality.answers"  # what one person has told about themselves; every look is recorded
COLLECT = "equality.collect"  # write down what somebody tells, without seeing what was told before
