"""What is kept for a time only: the kinds of record that each room names, by the dotted names of its `Kept`.

A room adds a `hearth.kernel.keeping.Kept`, or a list of them, to its services; the retention job of the register reads
this table. What a legal hold may name comes from here too.
"""

RETAINED = (
    "hearth.notifications.services.KEPT",
    "hearth.register.services.retention.KEPT",
)
