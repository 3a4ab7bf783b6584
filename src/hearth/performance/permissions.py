"""What may be done with measures."""

SEE = "performance.see"  # measures, the regulator's figures, where the landlord stands
KEEP = "performance.keep"  # load the regulator's workbooks
