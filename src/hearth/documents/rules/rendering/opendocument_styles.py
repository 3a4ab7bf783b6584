"""The look of an OpenDocument paper: sans serif of 12 point or more, left aligned, no italics, no underlining."""

from __future__ import annotations

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = (
    f'xmlns:office="{_URN}office:1.0" xmlns:text="{_URN}text:1.0" xmlns:table="{_URN}table:1.0" '
    f'xmlns:style="{_URN}style:1.0" xmlns:fo="{_URN}xsl-fo-compatible:1.0" xmlns:svg="{_URN}svg-compatible:1.0"'
)
_HEADINGS = {1: 20, 2: 16, 3: 14, 4: 12, 5: 12, 6: 12}
_FONT = (
    'style:font-name="Arial" fo:font-family="Arial" style:font-family-generic="swiss" '
    'style:font-name-asian="Arial" style:font-name-complex="Arial"'
)
# The table and cell styles stand with the content, where the tables are.
GRID_STYLES = (
    '<style:style style:name="Grid" style:family="table"><style:table-properties '
    'table:align="margins" fo:margin-bottom="0.2cm"/></style:style>'
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #505a5f" fo:padding="0.12cm"/></style:style>'
)


def styles(language: str, country: str, running: str) -> str:
    """The whole styles.xml. `running` is already XML; `country` may be empty."""
    region = f' fo:country="{country}"' if country else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {NAMESPACES} office:version="1.3">'
        '<office:font-face-decls><style:font-face style:name="Arial" '
        'svg:font-family="Arial, \'Liberation Sans\', sans-serif" style:font-family-generic="swiss"/>'
        "</office:font-face-decls><office:styles>"
        '<style:default-style style:family="paragraph"><style:paragraph-properties fo:text-align="start"/>'
        f'<style:text-properties {_FONT} fo:font-size="12pt" fo:color="#0b0c0c" '
        f'fo:language="{language}"{region} fo:hyphenate="false"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        f"{_paragraphs()}{_lists()}</office:styles>"
        f"<office:automatic-styles>{_page_layout()}</office:automatic-styles>"
        f"<office:master-styles>{_master(running)}</office:master-styles></office:document-styles>"
    )


def column_style(table: str, place: int, share: float) -> str:
    """How wide a table's column is, in shares of the table."""
    return (
        f'<style:style style:name="{table}.{place}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{round(share * 100)}*"/></style:style>'
    )


def _style(name: str, margins: str, text: str = "", more: str = "", level: int = 0) -> str:
    shown = name.replace("_20_", " ")
    outline = f' style:default-outline-level="{level}"' if level else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}><style:paragraph-properties {margins} {more}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _paragraphs() -> str:
    keep = 'fo:keep-with-next="always"'
    bold = 'fo:font-weight="bold"'
    around = 'fo:margin-top="0.55cm" fo:margin-bottom="0.25cm"'
    body = 'fo:margin-bottom="0.3cm" fo:line-height="125%"'
    made = [
        _style(f"Heading_20_{level}", around, f'{bold} fo:font-size="{size}pt"', keep, level)
        for level, size in _HEADINGS.items()
    ]
    made += [
        _style("Text_20_body", body),
        _style("List_20_item", 'fo:margin-bottom="0.15cm" fo:line-height="125%"'),
        _style("Note", f'{body} fo:margin-left="0.8cm"'),
        _style("Caption", around, bold, keep),
        _style("Table_20_heading", 'fo:margin-bottom="0cm"', bold),
        _style("Table_20_text", 'fo:margin-bottom="0cm"'),
        _style("After_20_table", 'fo:margin-bottom="0.2cm"', 'fo:font-size="6pt"'),
        _style("Header", 'fo:margin-bottom="0.2cm"'),
        _style("Footer", 'fo:margin-top="0.2cm"'),
    ]
    return "".join(made)


def _lists() -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.7cm" '
        'fo:margin-left="1cm"/></style:list-level-properties>'
    )
    return (
        '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" '
        f'text:bullet-char="•">{place}</text:list-level-style-bullet></text:list-style>'
        '<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" '
        f'style:num-format="1" style:num-suffix=".">{place}</text:list-level-style-number></text:list-style>'
    )


def _page_layout() -> str:
    return (
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin-top="1.5cm" '
        'fo:margin-bottom="1.5cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" '
        'fo:margin-bottom="0.4cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" '
        'fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
    )


def _master(running: str) -> str:
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="A4">'
        f'<style:header><text:p text:style-name="Header">{running}</text:p></style:header>'
        '<style:footer><text:p text:style-name="Footer">Page <text:page-number '
        'text:select-page="current">1</text:page-number> of <text:page-count>1</text:page-count></text:p>'
        "</style:footer></style:master-page>"
    )
