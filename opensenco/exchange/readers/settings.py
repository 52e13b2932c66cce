"""Lists of settings that the national register does not hold: childminders, private nurseries."""

from dataclasses import dataclass
from pathlib import Path

from opensenco.exchange.readers.any_list import ListFile, Values, read_list
from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.fields import Field, Fields
from opensenco.exchange.readers.identifiers import read_postcode
from opensenco.exchange.readers.lists import open_file, read_table
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.errors import Invalid
from opensenco.kernel.ofsted import read_ofsted
from opensenco.kernel.words import mark, sentence

LONGEST_NAME = 200
LONGEST_TOWN = 100

_KINDS = {
    "childminder": "childminder|child minder|childminding|home childcarer|cmr|cm|nanny",
    "nursery": "nursery|day nursery|private nursery|pre school|preschool|playgroup"
    "|childcare on non domestic premises|childcare on domestic premises|full day care"
    "|sessional day care|voluntary|private|pvi|non domestic|domestic",
    "other": "other|other setting|out of school club|creche|holiday club",
}
_BY_WORDING = {
    folded(wording): kind for kind, text in _KINDS.items() for wording in text.split("|")
}

SETTING_FIELDS = Fields(
    [
        Field(
            "name",
            mark("Name of the setting"),
            "Setting Name|Provider Name|Setting|Provider|Name|Nursery Name|Childminder Name",
            missing=mark("This file has no column with the name of the setting."),
        ),
        Field(
            "kind",
            mark("Kind of setting"),
            "Kind|Type|Provider Type|Setting Type|Provision Type|Type of Setting|Type of Provider",
            missing=mark(
                "This file has no column with the kind: childminder, nursery or other setting."
            ),
        ),
        Field(
            "ofsted_urn",
            mark("Ofsted number"),
            "Ofsted URN|Ofsted Number|Ofsted Reference|Ofsted Ref|EY Number|URN"
            "|Provider URN|Setting URN",
        ),
        Field(
            "postcode", mark("Postcode"), "Postcode|Post Code|Provider Postcode|Setting Postcode"
        ),
        Field("town", mark("Town"), "Town|City|Town or City|Provider Town|Setting Town"),
    ],
    needed=(("name",), ("kind",)),
)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting of such a list; `kind` is childminder, nursery or other."""

    line: int
    name: str
    kind: str
    ofsted_urn: str = ""
    postcode: str = ""
    town: str = ""


def read_settings(given: Path | bytes) -> tuple[tuple[SettingRow, ...], ListFile]:
    """Read a list of settings: CSV or an Excel workbook.

    Returns:
        The rows that can be read, and the file with those that cannot.

    Raises:
        FileRefused: it is no such list, or has no rows.
    """
    table = read_table(open_file(given), SETTING_FIELDS)
    file = read_list(table, SETTING_FIELDS, None, _values)
    return tuple(SettingRow(item.line, **item.values) for item in file.items), file


def _values(row: OneRow) -> Values:
    return {
        "name": row.need("name", _name, ""),
        "kind": row.need("kind", _kind, ""),
        "ofsted_urn": row.must("ofsted_urn", _ofsted, ""),
        "postcode": row.must("postcode", read_postcode, ""),
        "town": row.must("town", _town, ""),
    }


def _name(text: str) -> str:
    return _short(text, LONGEST_NAME)


def _town(text: str) -> str:
    return _short(text, LONGEST_TOWN)


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=limit),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return text


def _kind(text: str) -> str:
    kind = _BY_WORDING.get(folded(text))
    if kind is None:
        raise Unreadable(
            sentence("The kind of setting is not one that we know."),
            sentence("Write Childminder, Nursery or Other."),
        )
    return kind


def _ofsted(text: str) -> str:
    try:
        return read_ofsted(text)
    except Invalid as refused:
        raise Unreadable(
            refused.words, sentence("Check it on the setting’s registration certificate.")
        ) from None
