"""Walk every landlord's chain of seals and name the first broken link."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from hearth.audit import queries, rules
from hearth.db import wall


class Command(BaseCommand):
    """verify_audit: exit 0 where every chain holds."""

    help = "Verify that no sealed event of the audit trail was changed or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        for landlord in apps.get_model("landlords", "Landlord").objects.order_by("slug"):
            with wall.within(landlord.pk):
                fault = rules.verify(queries.chain())
                waiting = queries.unsealed().count()
            if fault:
                broken.append(f"{landlord.name}: link {fault.position}, event {fault.event_id}: {fault.why}.")
            else:
                self.stdout.write(f"{landlord.name}: the chain holds; {waiting} events wait for their seal.")
        if broken:
            raise CommandError("\n".join(broken))
