# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The WSGI application: sends each request to a service, control or pages."""

import traceback
from pathlib import Path

from werkzeug.wrappers import Request, Response

from .documents import PATH as DOCUMENTS
from .service import PATHS


class Application:
    """One entrance; ``only_control`` serves nothing but the control address."""

    def __init__(self, service, documents, control, pages, only_control=False):
        self._service = service
        self._documents = documents
        self._control = control
        self._pages = pages
        self._only_control = only_control

    def __call__(self, environ, start_response):
        request = Request(environ)
        try:
            response = self._respond(request)
        except Exception as error:
            # The text of an error may hold a guest's data: only its place is shown.
            response = Response(_place(error), 500, content_type="text/plain")
        return response(environ, start_response)

    def _respond(self, request):
        if request.path.startswith("/control/"):
            return self._control.respond(request)
        if self._only_control:
            return Response("Only /control/ is here.", 404)
        if request.path.lower() in PATHS:
            return self._service.respond(request)
        if request.path.lower() == DOCUMENTS:
            return self._documents.respond(request)
        return self._pages.respond(request)


def _place(error):
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
