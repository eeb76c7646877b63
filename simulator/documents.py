# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Ministry of the Interior's list of invalid documents: XML over GET.

Built from the Ministry's page "Neplatné doklady ve formátu XML"; the documents are
invented. What the page leaves open stands in the README.
"""

import csv
import re
import threading
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from lxml import etree
from werkzeug.wrappers import Response

from .faults import DOCUMENTS

PATH = "/neplatne-doklady/doklady.aspx"
XML = "text/xml; charset=utf-8"
CHANGED = "12.3.2019"  # the program, not its data
BAD_NUMBER = "Číslo dokladu nemá správný tvar."
TYPES = ("OP", "OPs", "CD", "ZP")
_FILE = Path(__file__).with_name("data") / "neplatne_doklady.csv"


class BadQuestion(ValueError):
    """The question is wrong; the text says why, in Czech, for people."""


class BadDocument(ValueError):
    """A document cannot be put on the list; the text says why."""


@dataclass(frozen=True)
class Paper:
    """A document by what the list calls its type, number and series."""

    typ: str
    cislo: str
    serie: str = "-"


class Register:
    """The listed documents; safe to use from several threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        """Only the documents of the file are listed."""
        with _FILE.open(encoding="utf-8", newline="") as file:
            listed = {
                Paper(row["typ"], row["cislo"], row["serie"]): row["od"]
                for row in csv.DictReader(file)
            }
        with self._lock:
            self._listed = listed

    def add(self, data):
        """Put a document on the list.

        :param data: ``typ``, ``cislo``, ``serie`` ("-" is none), ``od`` (ISO or "").
        :raises BadDocument: when one of them is wrong.
        """
        since = data.pop("od", None) or ""
        try:
            paper = Paper(**data)
            if since:
                date.fromisoformat(since)
        except (TypeError, ValueError) as error:
            raise BadDocument(str(error)) from error
        if paper.typ not in TYPES or not str(paper.cislo).isdigit():
            raise BadDocument(f"typ must be one of {', '.join(TYPES)}, cislo digits")
        with self._lock:
            self._listed[paper] = since

    def since(self, paper):
        """None for a document that is not listed, else since when ("" is unknown)."""
        with self._lock:
            return self._listed.get(paper)

    def as_json(self):
        """For the control address and the page."""
        with self._lock:
            return [asdict(paper) | {"od": od} for paper, od in self._listed.items()]


class InvalidDocuments:
    """Answers requests to PATH."""

    def __init__(self, register, clock, trouble, counters):
        self._register = register
        self._clock = clock
        self._trouble = trouble
        self._counters = counters

    def respond(self, request) -> Response:
        """Answer one HTTP request."""
        if request.method != "GET":
            return Response("Only GET is answered.", 405, {"Allow": "GET"})
        self._counters.add(DOCUMENTS)
        faults = self._trouble.take(DOCUMENTS)
        early = self._trouble.before(faults, request)
        if early is not None:
            return early
        self._trouble.plan_sending(faults, request)
        content = _document(self._answer(request.args, faults))
        return Response(content, content_type=XML)

    def _answer(self, args, faults):
        if "list_down" in faults:
            return [_error("ne", "Databáze neplatných dokladů není dostupná.")]
        try:
            paper = question(args.get("dotaz", ""), args.get("doklad", ""))
        except BadQuestion as problem:
            return [_error("ano", str(problem))]
        if "question_refused" in faults:
            return [_error("ano", BAD_NUMBER)]
        if "other_document" in faults:
            paper = Paper("OP", "111111111")
        return [etree.Element("dotaz", asdict(paper)), self._told(paper)]

    def _told(self, paper):
        since = self._register.since(paper)
        today = _czech_date(self._clock.today(), ". ")
        told = etree.Element("odpoved", aktualizovano=today)
        told.set("evidovano", "ne" if since is None else "ano")
        if since:
            told.set("evidovano_od", _czech_date(date.fromisoformat(since), "."))
        return told


def question(dotaz, doklad):
    """The paper that is asked for.

    :raises BadQuestion: when the kind or the number is wrong.
    """
    signs = "".join(filter(str.isalnum, dotaz)).upper()
    readers = {"0": _identity_card, "4": _passport, "6": _gun_licence}
    if doklad not in readers:
        raise BadQuestion("Neznámý typ dokladu.")
    paper = readers[doklad](signs) if signs.isascii() else None
    if paper is None:
        raise BadQuestion(BAD_NUMBER)
    return paper


def _identity_card(signs):
    if len(signs) == 9:
        return Paper("OP", signs) if _plain(signs) else None
    return _with_series("OPs", signs, r"[A-Z][A-Z](\d\d)?")


def _passport(signs):
    return Paper("CD", signs) if len(signs) == 8 and _plain(signs) else None


def _gun_licence(signs):
    return _with_series("ZP", signs, r"[A-Z][A-Z]")


def _plain(signs):
    return signs.isdigit() and signs[0] != "0"


def _with_series(typ, signs, series):
    """Six digits with a series in front of them or behind."""
    for cislo, serie in ((signs[:6], signs[6:]), (signs[-6:], signs[:-6])):
        if re.fullmatch(r"\d{6}", cislo) and re.fullmatch(series, serie):
            return Paper(typ, cislo, serie)
    return None


def _czech_date(day, point):
    return f"{day.day}{point}{day.month}{point}{day.year}"


def _error(wrong_question, text):
    error = etree.Element("chyba", spatny_dotaz=wrong_question)
    error.text = text
    return error


def _document(members):
    root = etree.Element("doklady_neplatne", posl_zmena=CHANGED)
    root.set("pristi_zmeny", "Simulátor: žádné změny se nechystají.")
    root.extend(members)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" ?>\n' + content
