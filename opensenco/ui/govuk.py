"""The GOV.UK components, each as a function of one dictionary of parameters.

The published macros ask freely for parameters that were not given, so they run in an environment
of their own: ours stops on anything undefined.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

PREFIX = "govuk_frontend_jinja"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({PREFIX: PackageLoader(PREFIX)}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def component(name: str) -> Callable[..., Markup]:
    """Give the macro of one component by its snake-case name, "date_input" for govukDateInput.

    Raises:
        jinja2.TemplateNotFound: GOV.UK Frontend has no such component.
    """
    folder = name.replace("_", "-")
    macro = "govuk" + "".join(part.capitalize() for part in name.split("_"))
    template = _environment().get_template(f"{PREFIX}/components/{folder}/macro.html")
    render: Callable[..., Markup] = getattr(template.module, macro)
    return render


class Components:
    """Gives `govuk.input({...})`, `govuk.error_summary({...})` to templates."""

    def __getattr__(self, name: str) -> Callable[[Mapping[str, Any]], Markup]:
        if name.startswith("__"):
            raise AttributeError(name)
        return component(name)
