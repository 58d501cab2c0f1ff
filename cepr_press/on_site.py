"""From a row of the desk to its page in the newsroom: for what hides nothing."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from contacts.models import Contact
from releases.models import Topic


@require_safe
def on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponseBase:
    """Lead to a topic's or a contact's page.

    Nothing else: Django asks for no right here, and the address of a planned edition, made of its
    headline, would be told to everybody who can count.
    """
    shown = ContentType.objects.get_for_models(Topic, Contact).values()
    if content_type_id not in {str(kind.pk) for kind in shown}:
        raise Http404
    return shortcut(request, content_type_id, object_id)
