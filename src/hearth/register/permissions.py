"""What may be done with the register of homes and people."""

SEE_HOMES = "register.see_homes"  # estates, buildings and homes, without people
SEE = "register.see"  # people, households, tenancies, how somebody may be reached, what somebody needs
WORK = "register.work"  # change contact wishes, needs, adjustments, advocates
IMPORT = "register.import"  # bring in files of the housing management system
MERGE = "register.merge"  # say that two records are one person, and undo it
MARK_SAFE = "register.mark_safe"  # set and lift the "contact safely" marker; cleared staff only
RIGHTS = "register.rights"  # subject access, correction, objection, erasure, retention and legal hold
