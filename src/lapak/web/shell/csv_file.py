"""A table as a file for spreadsheets, however long: written while it is sent."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import get_language

from lapak.moving.written import harmless


def csv_file(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """The answer that a browser keeps as `name`. Cells are parted as Excel expects in the reader's language: by a semicolon in
    Indonesian, where a comma parts decimals."""
    separator = ";" if get_language() == "id" else ","
    response = StreamingHttpResponse(_lines(separator, head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(separator: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    text.write("\ufeff")  # by which Excel knows UTF-8
    writer.writerow(map(harmless, head))
    for row in rows:
        writer.writerow(map(harmless, row))
        if text.tell() > io.DEFAULT_BUFFER_SIZE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
