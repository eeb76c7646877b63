# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The web pages: what the police see, for people, Czech with English beneath."""

from datetime import date, datetime
from pathlib import Path

import jinja2
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from .codes import all_codes
from .documents import PATH as DOCUMENTS_PATH
from .faults import DOCUMENTS
from .unl import BadFile, read_file

URLS = Map(
    [
        Rule("/", endpoint="overview"),
        Rule("/style.css", endpoint="style"),
        Rule("/unl", endpoint="unl", methods=["GET"]),
        Rule("/unl", endpoint="take_unl", methods=["POST"]),
        Rule("/neplatne-doklady/", endpoint="documents"),
        Rule("/batches/<int:number>", endpoint="batch"),
        Rule("/batches/<int:number>/receipt.pdf", endpoint="receipt"),
        Rule("/batches/<int:number>/errors.pdf", endpoint="error_receipt"),
    ]
)
PER_PAGE = 50
_FOLDER = Path(__file__).with_name("templates")
_VERDICTS = {
    "accepted": ("přijat", "accepted"),
    "duplicate": ("duplicitní", "duplicate"),
    "refused": ("nepřijat", "refused"),
}
# No scripts at all, and nothing from elsewhere.
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'"


class Pages:
    """Renders the pages from what the Police hold."""

    def __init__(self, police):
        self._police = police
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_FOLDER),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._templates.filters.update(day=_day, moment=_moment)

    def respond(self, request) -> Response:
        """Answer one HTTP request for a page."""
        try:
            urls = URLS.bind_to_environ(request.environ)
            endpoint, values = urls.match()
            return getattr(self, f"_{endpoint}")(request, **values)
        except HTTPException as problem:
            return problem.get_response(request.environ)

    def _overview(self, request):
        store = self._police.store
        before = request.args.get("before", type=int)
        batches = store.batches(before=before, limit=PER_PAGE)
        older = batches[-1]["number"] if len(batches) == PER_PAGE else None
        return self._page(
            "overview.html",
            accounts=self._police.accounts.all(),
            totals=store.totals(),
            batches=batches,
            older=older,
            before=before,
            faults=self._police.faults.as_json(),
            clock=self._police.clock,
        )

    def _batch(self, request, number):
        batch = self._police.store.batch(number)
        if batch is None:
            raise NotFound()
        return self._page(
            "batch.html",
            batch=batch,
            account=self._police.accounts.by_login(batch["login"]),
            records=self._police.store.records(batch=number),
            verdicts=_VERDICTS,
            codes=all_codes(),
        )

    def _unl(self, request):
        return self._page("unl.html", problem="")

    def _take_unl(self, request):
        """Take a file in as the web application does; the answer is its receipt."""
        upload = request.files.get("file")
        try:
            if upload is None:
                raise BadFile("Vyberte soubor.")
            file = read_file(upload.filename or "", upload.read())
            cancel_bad = bool(request.form.get("cancel_bad"))
            outcome = self._police.intake.take_file(file, cancel_bad)
        except BadFile as problem:
            page = self._page("unl.html", problem=str(problem))
            page.status_code = 400
            return page
        headers = {"Content-Disposition": "attachment; filename=dorucenka.pdf"}
        return Response(
            outcome.receipt, headers=headers, content_type="application/pdf"
        )

    def _documents(self, request):
        return self._page(
            "documents.html",
            documents=self._police.register.as_json(),
            asked=self._police.counters.as_json().get(DOCUMENTS, 0),
            address=DOCUMENTS_PATH,
            clock=self._police.clock,
        )

    def _page(self, template, **values):
        html = self._templates.get_template(template).render(**values)
        headers = {
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return Response(html, headers=headers, content_type="text/html; charset=utf-8")

    def _style(self, request):
        content = (_FOLDER / "style.css").read_bytes()
        return Response(content, content_type="text/css; charset=utf-8")

    def _receipt(self, request, number):
        return self._document(number, "receipt")

    def _error_receipt(self, request, number):
        return self._document(number, "error_receipt")

    def _document(self, number, name):
        content = self._police.store.document(number, name)
        if content is None:
            raise NotFound()
        headers = {"Content-Disposition": f'inline; filename="{name}_{number}.pdf"'}
        return Response(content, headers=headers, content_type="application/pdf")


def _day(text):
    """An ISO date as Czechs write it."""
    day = date.fromisoformat(text)
    return f"{day.day}. {day.month}. {day.year}"


def _moment(text):
    """An ISO date and time as Czechs write it."""
    moment = datetime.fromisoformat(text)
    return f"{_day(text[:10])} {moment.hour}:{moment.minute:02}"
