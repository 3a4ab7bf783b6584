"""What may be done with the organisation's own record."""

CONFIGURE = "landlords.configure"  # settings, posts, bodies, look
SEE_SETTINGS = "landlords.see_settings"
