"""Form fields whose refusals say what is wrong and how to mend it.

Every sentence names the field by its label, so that it reads the same in the summary at the top of
the page and at the field itself.
"""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from opensenco.kernel.text import never_typed
from opensenco.ui import words

SHORT, LONG = 200, 5_000
LOST = gettext_lazy("This page has lost its place. Open it again; your words are kept")


def control_characters(text: str) -> list[str]:
    """Give the names of the characters in a text that no keyboard writes, like "U+0000"."""
    return sorted({f"U+{ord(letter):04X}" for letter in text if never_typed(letter)})


class Words(forms.CharField):
    """Text in one line. Refuses control characters and says by how much it is too long.

    `max_length` counts characters after white space at both ends is dropped and a line break has
    become one character, as the character count on the page does.
    """

    def __init__(self, *, max_length: int = SHORT, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        # Django's own length and null checks speak in other words; ours stand in `_check`.
        self.validators = list(options.get("validators", ()))

    def run_validators(self, value: Any) -> None:
        if value not in self.empty_values:
            self._check(value)
        super().run_validators(value)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value) or ""

    def _check(self, text: str) -> None:
        strange = control_characters(text)
        if strange:
            raise ValidationError(
                gettext(
                    "“%(label)s” has characters that cannot be kept: %(names)s. "
                    "Take them out, or type the text again instead of pasting it."
                ),
                code="control",
                params={"label": named(self), "names": ", ".join(strange)},
            )
        if self.max_length is not None and len(text) > self.max_length:
            raise ValidationError(
                gettext("Shorten “%(label)s” to %(most)s characters. You wrote %(written)s."),
                code="max_length",
                params={
                    "label": named(self),
                    "most": words.number(self.max_length),
                    "written": words.number(len(text)),
                },
            )
        if self.min_length is not None and len(text) < self.min_length:
            raise ValidationError(
                gettext("“%(label)s” needs at least %(least)s characters. You wrote %(written)s."),
                code="min_length",
                params={
                    "label": named(self),
                    "least": words.number(self.min_length),
                    "written": words.number(len(text)),
                },
            )


class LongText(Words):
    """Text of several lines, with a count of the characters that are left."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONG, rows: int = 4, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.widget.attrs["rows"] = rows


class Email(Words):
    """An email address, kept as it was typed but for white space round it."""

    widget = forms.EmailInput
    SHAPE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

    def __init__(self, *, max_length: int = 254, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def _check(self, text: str) -> None:
        super()._check(text)
        if not self.SHAPE.fullmatch(text):
            raise ValidationError(
                gettext(
                    "“%(label)s” must be an email address, like name@example.org. "
                    "You wrote “%(typed)s”"
                ),
                code="invalid",
                params={"label": named(self), "typed": shown(text)},
            )


class WholeNumber(forms.IntegerField):
    """A whole number; commas between the thousands and spaces round it are forgiven."""

    widget = forms.TextInput

    def __init__(
        self,
        *,
        min_value: int | None = None,
        max_value: int | None = None,
        example: int = 20,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.least, self.most = min_value, max_value
        self.validators = list(options.get("validators", ()))
        self.example = example

    def run_validators(self, value: Any) -> None:
        if value is not None:
            self._check(value)
        super().run_validators(value)

    def to_python(self, value: Any) -> int | None:
        typed = str(value).strip() if value is not None else ""
        if not typed:
            return None
        plain = typed.replace(",", "").replace(words.MINUS, "-")
        if not re.fullmatch(r"-?\d{1,12}", plain, re.ASCII):
            raise ValidationError(
                gettext(
                    "“%(label)s” must be a whole number, like %(example)s. You wrote “%(typed)s”"
                ),
                code="invalid",
                params={"label": named(self), "example": self.example, "typed": shown(typed)},
            )
        return int(plain)

    def _check(self, value: int) -> None:
        least, most = self.least, self.most
        if (least is None or value >= least) and (most is None or value <= most):
            return
        if least is not None and most is not None:
            sentence = gettext(
                "“%(label)s” must be between %(least)s and %(most)s. You wrote %(typed)s"
            )
        elif least is not None:
            sentence = gettext("“%(label)s” must be %(least)s or more. You wrote %(typed)s")
        else:
            sentence = gettext("“%(label)s” must be %(most)s or less. You wrote %(typed)s")
        raise ValidationError(
            sentence,
            code="range",
            params={
                "label": named(self),
                "least": "" if least is None else words.number(least),
                "most": "" if most is None else words.number(most),
                "typed": words.number(value),
            },
        )


class Number(Words):
    """A number with at most two places; spaces and commas between the thousands are forgiven."""

    SHAPE = re.compile(r"-?\d{1,5}(\.\d{1,2})?")

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """Give the number, None where nothing was written."""
        typed = super().clean(value)
        if not typed:
            return None
        text = re.sub(r"(?<=\d),(?=\d{3})", "", typed.strip()).replace(words.MINUS, "-")
        if not self.SHAPE.fullmatch(text):
            raise ValidationError(
                gettext("Write a number, such as 4 or 4.5. You wrote “%(typed)s”"),
                params={"typed": typed},
            )
        return Decimal(text)


class Segments(forms.RadioSelect):
    """Two to five short exclusive answers in one bar, one of them usual and already chosen."""


class Version(forms.IntegerField):
    """The version of the record that the page was made from, carried hidden."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {"required": LOST, "invalid": LOST}


def named(field: forms.Field) -> str:
    """Give the label a sentence may quote."""
    return str(field.label or "").strip().rstrip("?:")


def shown(typed: str, most: int = 40) -> str:
    """Give what was typed, cut where it would flood the sentence that quotes it."""
    plain = " ".join("".join(c for c in typed if c.isprintable() or c.isspace()).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
