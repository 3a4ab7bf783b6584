"""What may be done with reviews. Who may sign is decided by the post in the dated route, not by a role alone."""

READ = "reviews.read"
WRITE = "reviews.write"
SIGN = "reviews.sign"
DISPATCHED = "reviews.dispatched"  # keep the register, follow up, publish
PUBLISH = "reviews.publish"
FORMS = "reviews.forms"  # change form definitions
