"""The shipped form, with a landlord's name in its wording."""

from pathlib import Path

import yaml

from hearth.reviews.rules.form import form_from

ROOT = Path(__file__).parents[3]
SHIPPED = yaml.safe_load((ROOT / "src/hearth/reviews/editions/dartford.yaml").read_text(encoding="utf-8"))
FORM = form_from(SHIPPED, landlord="Dartford Borough Council")
