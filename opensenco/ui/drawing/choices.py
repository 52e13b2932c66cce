"""Draws what is chosen: radios, boxes to tick, lists and the bar of answers."""

from django import forms
from markupsafe import Markup

from opensenco.ui import govuk
from opensenco.ui.drawing import base
from opensenco.ui.drawing.base import Options, Parameters

PLACE = "\0{}\0"
SEGMENTS = Markup(
    '<div class="govuk-form-group{fault}"><fieldset class="os-seg-set {classes}"{described}>'
    '<legend class="govuk-fieldset__legend {size}">{legend}</legend>{before}'
    '<div class="os-seg">{cells}</div></fieldset></div>'
)
SEGMENT = Markup(
    '<div class="os-tile"><input type="radio" id="{id}" name="{name}" value="{value}"{checked}>'
    '<label for="{id}"><span class="os-tick">{words}</span>{under}</label></div>'
)


def answers(bound: forms.BoundField) -> list[tuple[str, str]]:
    """Give value and words of each answer, groups laid flat."""
    flat: list[tuple[str, str]] = []
    for value, words in bound.field.widget.choices:
        group = words if isinstance(words, list | tuple) else [(value, words)]
        flat += [(str(v if v is not None else ""), str(w)) for v, w in group]
    return flat


def picked(bound: forms.BoundField) -> set[str]:
    """Give the values that are chosen now."""
    value = bound.value()
    if isinstance(value, list | tuple | set):
        return {str(v) for v in value}
    return {"" if value is None else str(value)}


def _items(bound: forms.BoundField, options: Options) -> list[Parameters]:
    chosen = picked(bound)
    items: list[Parameters] = []
    for value, words in answers(bound):
        item: Parameters = {"value": value, "text": words, "checked": value in chosen}
        if value in options.hints:
            item["hint"] = {"text": options.hints[value]}
        if value in options.reveal:
            item["conditional"] = {"html": PLACE.format(len(items))}
        items.append(item)
    return items


def _group(bound: forms.BoundField, options: Options, name: str) -> Markup:
    parameters = base.common(bound, options)
    parameters |= {
        "idPrefix": parameters["id"],
        "fieldset": base.legend(bound, options),
        "items": _items(bound, options),
        "classes": " ".join(
            f"govuk-{name}--{style}"
            for style, on in (("small", options.small), ("inline", options.inline))
            if on
        ),
    }
    drawn = govuk.component(name)(parameters)
    # The macros indent what they hold, which would write spaces into a revealed text: it goes in
    # after them.
    for index, (value, _words) in enumerate(answers(bound)):
        if value in options.reveal:
            drawn = drawn.replace(PLACE.format(index), options.reveal[value])
    return drawn


def radios(bound: forms.BoundField, options: Options) -> Markup:
    """Draw answers of which one is chosen."""
    return _group(bound, options, "radios")


def checkboxes(bound: forms.BoundField, options: Options) -> Markup:
    """Draw answers of which several may be chosen."""
    return _group(bound, options, "checkboxes")


def checkbox(bound: forms.BoundField, options: Options) -> Markup:
    """Draw one box to tick; its words are the label."""
    parameters = base.common(bound, options)
    text = str(bound.label) if options.label is None else options.label
    item: Parameters = {"value": "on", "text": text, "checked": bool(bound.value())}
    if "hint" in parameters:
        item["hint"] = parameters.pop("hint")
    if "on" in options.reveal:
        item["conditional"] = {"html": PLACE.format(0)}
    small = "govuk-checkboxes--small" if options.small else ""
    parameters |= {"idPrefix": parameters["id"], "items": [item], "classes": small}
    drawn = govuk.component("checkboxes")(parameters)
    return drawn.replace(PLACE.format(0), options.reveal.get("on", Markup("")))


def select(bound: forms.BoundField, options: Options) -> Markup:
    """Draw a list that drops down."""
    chosen = picked(bound)
    parameters = base.common(bound, options) | {
        "label": base.label(bound, options),
        "items": [
            {"value": value, "text": words, "selected": value in chosen}
            for value, words in answers(bound)
        ],
        "attributes": base.attributes(bound),
        "classes": options.classes,
    }
    return govuk.component("select")(parameters)


def segments(bound: forms.BoundField, options: Options) -> Markup:
    """Draw the bar of answers. Ours: GOV.UK has none."""
    parameters = base.common(bound, options)
    first, chosen = str(parameters["id"]), picked(bound)
    described = " ".join(
        f"{first}-{part}"
        for key, part in (("hint", "hint"), ("errorMessage", "error"))
        if key in parameters
    )
    cells = Markup("").join(
        _segment(bound, options, value, words, index, value in chosen)
        for index, (value, words) in enumerate(answers(bound), start=1)
    )
    legend = base.legend(bound, options)["legend"]
    before = Markup("")
    if "hint" in parameters:
        before += govuk.component("hint")({"id": f"{first}-hint", **parameters["hint"]})
    if "errorMessage" in parameters:
        before += govuk.component("error_message")(
            {"id": f"{first}-error", **parameters["errorMessage"]}
        )
    return SEGMENTS.format(
        fault=" govuk-form-group--error" if bound.errors else "",
        classes=options.classes,
        described=Markup(' aria-describedby="{}"').format(described) if described else "",
        size=legend["classes"],
        legend=legend["text"],
        before=before,
        cells=cells,
    )


def _segment(
    bound: forms.BoundField, options: Options, value: str, words: str, index: int, on: bool
) -> Markup:
    name = str(bound.auto_id) if index == 1 else f"{bound.auto_id}-{index}"
    under = options.hints.get(value, "")
    return SEGMENT.format(
        id=name,
        name=bound.html_name,
        value=value,
        checked=Markup(" checked") if on else "",
        words=words,
        under=Markup('<span class="os-small">{}</span>').format(under) if under else "",
    )
