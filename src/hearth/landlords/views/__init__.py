"""The pages about the organisation: settings, bodies, closures, look."""

from hearth.landlords.views.bodies import AddBody, Bodies, Body, ChangeBody
from hearth.landlords.views.settings import (
    AddClosure,
    ChangeLook,
    ChangeSetting,
    Closures,
    ConfirmSetting,
    Setting,
    Settings,
)

__all__ = [
    "AddBody",
    "AddClosure",
    "Bodies",
    "Body",
    "ChangeBody",
    "ChangeLook",
    "ChangeSetting",
    "Closures",
    "ConfirmSetting",
    "Setting",
    "Settings",
]
