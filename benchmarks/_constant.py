"""What the benchmarks compare with: a bare WSGI function, and a Django view without middleware."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cepr_press.settings")

from cepr_press.wsgi import application

PAGE = "/releases/remittances-share-of-gdp/"


def answer() -> tuple[str, list[tuple[str, str]], bytes]:
    """Return what the page cache answers for the page, gzip encoded."""
    started = []
    request = RequestFactory(headers={"host": "localhost", "accept-encoding": "gzip"}).get(PAGE)
    body = b"".join(application(request.environ, lambda *given: started.append(given[:2])))
    return (*started[0], body)


STATUS, HEADERS, BODY = answer()


def bare(environ, start_response):
    """Answer with the same bytes and headers, whatever is asked."""
    start_response(STATUS, HEADERS)
    return [BODY]


def constant(_request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Answer with a constant."""
    return HttpResponse("constant")


urlpatterns = [re_path("", constant)]


class Bare(WSGIHandler):
    """Django's handler without middleware, for one view."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Load none."""
        self._middleware_chain = self._get_response
        self._view_middleware = self._template_response_middleware = []
        self._exception_middleware = []

    def get_response(self, request: HttpRequest) -> HttpResponse:
        """Resolve the address by this module's own map."""
        request.urlconf = "benchmarks._constant"
        return super().get_response(request)


django_view = Bare()
