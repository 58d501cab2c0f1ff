"""The desk on Django's admin: lists and forms. Every write goes through releases.workflow."""

from contextlib import nullcontext
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import moves
from files.leftovers import none_left
from releases import autosaving, checks, commenting, publishing, timekeeping, workflow
from releases.content import read
from releases.desk import finding, history, house_style, unsaved, views, writing
from releases.desk.boilerplate import begun
from releases.desk.choices import WithoutScripts
from releases.desk.comments import CommentForm
from releases.desk.forms import (
    AttachmentInlineForm,
    ContactInlineForm,
    FigureInlineForm,
    ReleaseForm,
    Rows,
    TopicForm,
    content_of,
)
from releases.desk.pages import DATA, PAGES
from releases.desk.since import since
from releases.desk.state import describe, elsewhere, local, restriction
from releases.desk.translating import family
from releases.models import (
    Act,
    Edition,
    Release,
    ReleaseAttachment,
    ReleaseContact,
    ReleaseFigure,
    Topic,
)
from releases.models.release import Stage, visible_to


class PartOfRelease(admin.options.InlineModelAdmin):  # type: ignore[type-arg]
    """Who may change a release may change what hangs on it."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the right to see releases."""
        return request.user.has_perm("releases.view_release")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the right to change releases."""
        return request.user.has_perm("releases.change_release")

    has_change_permission = has_delete_permission = has_add_permission


class ContactInline(WithoutScripts, PartOfRelease, admin.TabularInline):  # type: ignore[type-arg]
    """The media contacts of a release, in order."""

    model = ReleaseContact
    form = ContactInlineForm
    formset = Rows
    autocomplete_fields = ["contact"]
    extra = 1


class FigureInline(PartOfRelease, admin.StackedInline):  # type: ignore[type-arg]
    """The pictures of a release, in order."""

    model = ReleaseFigure
    form = FigureInlineForm
    formset = Rows
    template = "admin/releases/release/figures.html"
    fields = [
        "upload",
        "alt",
        "decorative",
        "caption",
        ("credit", "rights"),
        "use_until",
        ("focus_x", "focus_y"),
        "position",
    ]
    # A row to choose one in without scripts; with them it is hidden, and "Add another" makes rows.
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseFigure]:
        """Fetch the pictures with their places."""
        return super().get_queryset(request).select_related("picture")


class AttachmentInline(PartOfRelease, admin.StackedInline):  # type: ignore[type-arg]
    """The documents of a release, in order."""

    model = ReleaseAttachment
    form = AttachmentInlineForm
    formset = Rows
    template = "admin/releases/release/attachments.html"
    fields = ["upload", "title", "position"]
    # A row to choose one in without scripts; with them it is hidden, and "Add another" makes rows.
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseAttachment]:
        """Fetch the documents with their places."""
        return super().get_queryset(request).select_related("document")


@admin.register(Release)
class ReleaseAdmin(WithoutScripts, admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of releases and the form that reads like one."""

    form = ReleaseForm
    inlines = [ContactInline, FigureInline, AttachmentInline]
    autocomplete_fields = ["topics"]
    list_display = [
        "title",
        "kind",
        "language",
        "stage_label",
        "newsroom",
        "saved",
        "changed_by",
    ]
    list_filter = ["stage", "kind", "language", "topics"]
    list_select_related = ["changed_by"]
    search_fields = ["headline", "subhead", "summary", "body", "slug"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fieldsets = [
        (None, {"fields": [("seen", "base"), ("kind", "language"), "headline", "subhead"]}),
        (None, {"fields": [("dateline", "dated"), "body", "summary"]}),
        (gettext_lazy("Where it is found"), {"fields": ["topics", "slug"]}),
    ]

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def title(self, release: Release) -> str:
        """The headline, or words that stand for it."""
        return str(release)

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_label(self, release: Release) -> str:
        """How far the working copy has come, and who alone may see it."""
        words = restriction(release)
        return format_html(
            '<span class="stage stage-{}">{}</span>{}',
            release.stage,
            release.get_stage_display(),
            format_html(' <span class="restricted">{}</span>', words) if words else "",
        )

    @admin.display(description=gettext_lazy("saved"), ordering="changed_at")
    def saved(self, release: Release) -> str:
        """When it was saved last, in the press office's zone."""
        return local(release.changed_at)

    @admin.display(description=gettext_lazy("newsroom"))
    def newsroom(self, release: Release) -> str:
        """What readers can see of it, now and to come."""
        return describe(list(release.editions.all()), timekeeping.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """Return the releases that this person may see, to be looked at with what the list says."""
        seen = super().get_queryset(request).filter(visible_to(request.user))
        return seen if request.method == "POST" else seen.prefetch_related("editions", "named")

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """Nothing is ever lost: drafts stay, editions are withdrawn."""
        return False

    def view_on_site(self, obj: Release) -> str | None:
        """Return the public page's address, or None while there is none."""
        now = timekeeping.now()
        public = next((one for one in obj.editions.all() if one.is_public(now)), None)
        return public.get_absolute_url() if public else None

    def get_view_on_site_url(self, obj: Release | None = None) -> str | None:
        """Lead straight to the page, without the redirect that would ask for a Site row."""
        return self.view_on_site(obj) if obj and obj.pk else None

    def get_urls(self) -> list[URLPattern]:
        """Add the desk's own pages to the admin's."""
        guard = self.admin_site.admin_view
        guarded = [(address, guard(view), name) for address, view, name in PAGES]
        own = [
            path(address, view, name=f"releases_release_{name}")
            for address, view, name in (*guarded, *DATA)
        ]
        return [*own, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Store nothing that collides with what somebody else has saved: show it instead."""
        with none_left(), transaction.atomic() if request.method == "POST" else nullcontext():
            unsaved.prepare(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the template of the kind and language that were chosen."""
        return begun(super().get_changeform_initial_data(request))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Let the form hold what is to be shown without storing it, as this person writes."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.shown = getattr(request, "shown", None)
        writing.plain_or_rich(form, request)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Release, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Let the rows of people and pictures do the same."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        shown = getattr(request, "shown", None)
        return kwargs if shown is None else {**kwargs, "data": shown.copy()}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the bar's facts: where the release stands, what may be done next, what is missing."""
        release = context.get("original")
        context.update(unsaved.facts(request, release))
        if release is not None:
            content = read(release)
            checklist = checks.checklist(release, content)
            context.update(
                actions=workflow.possible(release, request.user),  # type: ignore[arg-type]
                checklist=checklist,
                newsroom=describe(list(release.editions.all()), timekeeping.now()),
                elsewhere=_lift_elsewhere(release),
                editions=release.editions.defer("body")
                .select_related("public_note")
                .order_by("-number"),
                since=since(release, content),
                unseen=publishing.unseen_edition(release),
                restriction=restriction(release),
                family=family(release, request.user, timekeeping.now()),  # type: ignore[arg-type]
                pinned=finding.pinned(release, timekeeping.now()),
                placed=finding.placed(release),
                is_draft=release.stage == Stage.DRAFT,
                acts=release.acts.all()[:8],
                comments=commenting.unsettled(release),
                comment_form=CommentForm(form="comment"),
                may_comment=request.user.has_perm("releases.change_release"),
            )
            if "check" in request.GET:
                context["adminform"].form.show(checklist.errors)
        context.update(house_style.facts(request, release))
        context["switched"] = writing.switched(request, context)
        response = super().render_change_form(request, context, *args, **kwargs)
        writing.remember(request, response)
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the release's own history, which holds every text and outlives accounts."""
        if not object_id.isdecimal():
            raise Http404
        return history.history(request, int(object_id))

    def save_model(self, request: Any, obj: Release, form: Any, change: bool) -> None:
        """Store nothing yet: text, contacts and figures go through the one door together."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Hand everything that the form says to the workflow."""
        content = content_of(form, *formsets)
        if change:
            stored = workflow.save(
                form.instance.pk, request.user, form.cleaned_data["seen"], content
            )
        else:
            stored = workflow.create(request.user, content)
        autosaving.empty(request.user, form.instance.pk if change else None)
        form.instance.pk, form.instance.version = stored.pk, stored.version
        form.instance.headline = stored.headline

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, dict[str, Any]]]:
        """Name the changed fields; the revisions hold what was in them."""
        return super().construct_change_message(request, form, [], add)

    def response_add(
        self, request: Any, obj: Release, post_url_continue: Any = None
    ) -> HttpResponse:
        """Stay on the form: writing goes on."""
        return self._after_saving(request, obj)

    def response_change(self, request: Any, obj: Release) -> HttpResponse:
        """Stay on the form: writing goes on."""
        return self._after_saving(request, obj)

    def _after_saving(self, request: Any, release: Release) -> HttpResponse:
        """Submit if that button was pressed; say what happened and show the form again."""
        if "_submit" in request.POST:
            return views.act(request, release.pk, release.version, workflow.submit)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:releases_release_change", args=[release.pk]))


def _lift_elsewhere(release: Release) -> str:
    """Return what readers' clocks say when the scheduled edition begins, '' without one."""
    waiting = publishing.scheduled_edition(release, timekeeping.now())
    return elsewhere(waiting.public_from) if waiting else ""


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of topics and their form."""

    form = TopicForm
    list_display = ["name_en", "name_es", "name_pt_br", "slug"]
    search_fields = ["name_en", "name_es", "name_pt_br"]
    prepopulated_fields = {"slug": ["name_en"]}

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """Store the topic and its move."""
        moves.store(obj)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that can be looked at, and nothing else."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """What was published, when and by whom."""

    list_display = ["headline", "number", "public_from", "public_until", "reason", "published_by"]
    list_filter = ["language", "reason"]
    search_fields = ["headline", "slug"]
    exclude = ["body"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        """Return the editions of releases that this person may see."""
        return super().get_queryset(request).filter(visible_to(request.user, "release"))

    def get_view_on_site_url(self, obj: Edition | None = None) -> str | None:
        """Lead straight to the page of an edition that is public now."""
        public = obj is not None and obj.is_public(timekeeping.now())
        return obj.get_absolute_url() if obj and public else None


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    """The log of the desk."""

    list_display = ["at", "by_name", "action", "headline", "why"]
    list_filter = ["action"]
    search_fields = ["headline", "by_name", "why"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Act]:
        """Return the acts on releases that this person may see."""
        return super().get_queryset(request).filter(visible_to(request.user, "release"))
