"""The papers of the office, by key."""

from xinfang_desktop.forms.definition import Form

from .visit_registration import VISIT_REGISTRATION

FORMS: dict[str, Form] = {form.key: form for form in (VISIT_REGISTRATION,)}
