"""Third-party scripts and styles put inside a page, so that it needs no other file."""

import base64
import re
from functools import cache
from mimetypes import guess_type
from posixpath import dirname, join, normpath

from branca.element import Element
from jinja2 import Template

from gis_dispatch import assets

_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_SOURCE_MAP = re.compile(r"/[/*][#@] sourceMappingURL=\S+(\s*\*/)?")


class Verbatim(Element):
    """Text that goes into the page as it is; an Element's own text would be read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def inline_script(package: str, file: str) -> Verbatim:
    """A script's own text in a script element."""
    text = _text(package, file).replace("</script", r"<\/script")
    return Verbatim(f"<script>{text}</script>")


def inline_style(package: str, file: str) -> Verbatim:
    """A style sheet's own text, its images inside it."""

    def embedded(match: re.Match[str]) -> str:
        written = match.group(1)
        if written.startswith(("data:", "#")):
            return match.group(0)
        path = assets.vendor(package, normpath(join(dirname(file), written)))
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return f"url(data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()})"

    return Verbatim(f"<style>{_URL.sub(embedded, _text(package, file))}</style>")


@cache
def _text(package: str, file: str) -> str:
    written = assets.vendor(package, file).read_text(encoding="utf-8")
    return _SOURCE_MAP.sub("", written)
