"""Every field says whether it is plain, personal or special: from that map come copies, exports and deletions."""

import pytest
from django.apps import apps

OWN = [model for model in apps.get_models() if model.__module__.startswith("hearth.")]
WORDS = ("plain", "personal", "special")


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_field_of_every_model_has_exactly_one_privacy_word(model):
    privacy = getattr(model, "Privacy", None)
    assert privacy is not None, f"{model._meta.label} has no Privacy"
    said = [name for word in WORDS for name in getattr(privacy, word)]
    doubled = sorted({name for name in said if said.count(name) > 1})
    assert doubled == [], f"{model._meta.label} says two words of {doubled}"
    kept = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    fields = {field.name for field in (*model._meta.concrete_fields, *kept)}
    assert fields - set(said) == set(), f"{model._meta.label} says nothing of these fields"
    assert set(said) - fields == set(), f"{model._meta.label} speaks of fields that it does not have"


def test_names_and_addresses_of_people_are_personal():
    for model in OWN:
        if model._meta.app_label in ("landlords",):
            continue  # a landlord's own address and the names of its bodies are public
        for field in model._meta.concrete_fields:
            if field.name in ("email", "telephone", "phone", "date_of_birth"):
                assert field.name not in model.Privacy.plain, f"{model._meta.label}.{field.name} is not plain"
