"""Whatever room a row stands in: a copy holds it, an erasure empties it, and no room can be forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, models

from hearth.db import privacy
from hearth.register.models import Person
from hearth.register.queries import rights as queries
from hearth.register.services.erasing import forget
from tests.factories.rows import forget_checks, one_of
from tests.rooms.register.residents import resident

TODAY = date(2026, 6, 3)
DIRECT = [
    (model, field.name)
    for model in privacy.mapped()
    for field in model._meta.concrete_fields
    if isinstance(field, models.ForeignKey) and field.related_model is Person and model is not Person
]


def row_of(model, name, person):
    """A row of a model that tells of a person, with words in every personal text but who on the staff did it."""
    pk = one_of(model)
    found = privacy.map_of(model)
    texts = {}
    for one in found.named("personal", "special"):
        field = model._meta.get_field(one)
        if one.endswith(("_by", "_by_name")) or one == "by_name":
            continue
        if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique:
            texts[one] = f"Zanzibar {one}"[: field.max_length or 40]
    model._base_manager.filter(pk=pk).update(**{f"{name}_id": person.pk}, **texts)
    return pk, texts


def test_rows_of_every_room_that_point_at_a_person_are_found():
    rooms = {model._meta.app_label for model, _ in DIRECT}
    assert {"register", "equality", "surveys"} <= rooms
    assert len(DIRECT) > 25


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize(("model", "name"), DIRECT, ids=lambda one: one if isinstance(one, str) else one._meta.label)
def test_a_row_that_points_at_a_person_is_in_their_copy_and_says_nothing_of_them_once_they_are_erased(
    inside, actor, model, name
):
    forget_checks()
    person, officer = resident("Cressida"), actor("data_protection_officer", "register_keeper")
    pk, texts = row_of(model, name, person)
    items = {item.key: item for item in queries.items(person, by=officer)}
    assert f"{model._meta.label_lower}:{pk}" in items
    forget([person], on=TODAY, by=officer)
    kept = model._base_manager.filter(pk=pk).first()
    if privacy.map_of(model).evidence:
        assert getattr(kept, f"{name}_id") is None  # it lets go of the person, and is emptied in its own time
        return
    for one in texts:
        assert kept is None or not getattr(kept, one), f"{model._meta.label}.{one} still says {getattr(kept, one)}"


def test_no_word_of_an_erased_person_is_left_in_any_table(inside, actor):
    forget_checks()
    person = resident("Cressida", family_name="Zanzibarova", key="HMS-99887", postal_address="Zanzibar Mews")
    officer = actor("data_protection_officer")
    for model, name in DIRECT:
        if not privacy.map_of(model).evidence:
            row_of(model, name, person)
    forget([person], on=TODAY, by=officer)
    left = []
    with connection.cursor() as cursor:
        for model in privacy.mapped():
            table = model._meta.db_table
            cursor.execute(f'select t::text from "{table}" t where t::text ~* %s', ["zanzibar|hms-99887|cressida"])
            left += [(table, row) for (row,) in cursor.fetchall()]
    assert left == []
