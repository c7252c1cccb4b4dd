"""The file that a report is written to: refused before the work, written whole after it."""

from pathlib import Path

from varne.errors import BadInput


def need_report(path: Path, language: str) -> None:
    """
    Refuse before the work a report that could not be written after it.

    Parameters
    ----------
    path : Path
        Of the report. [1]
    language : str
        ``en`` or ``fr``. [1]

    Raises
    ------
    BadInput
        If Varne does not speak the language, the name does not end as that of a page, or the folder cannot be written
        to.

    Examples
    --------
    >>> need_report(Path("report.pdf"), "en")
    Traceback (most recent call last):
    varne.errors.BadInput: --report is 'report.pdf'; end its name with .html.
    """
    from varne.files.folder import need_folder
    from varne.show.language import language as known

    known(language)
    if path.suffix not in (".html", ".htm"):
        raise BadInput(f"--report is {str(path)!r}; end its name with .html.")
    need_folder(path.parent)


def write_report(page: str, path: Path) -> None:
    """
    Write a report whole, or not at all.

    Parameters
    ----------
    page : str
        HTML. [1]
    path : Path
        Where to. [1]

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "report.html"
    >>> write_report("<!doctype html>", place)
    >>> place.read_text()
    '<!doctype html>'
    """
    from varne.files.folder import write_whole

    write_whole(path.parent, {path.name: lambda draft: draft.write_text(page, encoding="utf-8")})
