from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.help.forms import ArticleForm, ChangeArticleForm
from portal.help.models import Article
from portal.help.services import articles as services
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.READ_HELP)
def help_index(request: ActorRequest) -> HttpResponse:
    articles = Article.objects.allowed(request.actor, Permission.READ_HELP).in_order()
    may_write = request.actor.may(Permission.WRITE_HELP)
    return render(request, "help/index.html", {"articles": articles, "may_write": may_write})


@require_safe
@requires(Permission.READ_HELP)
def article(request: ActorRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Article.objects.allowed(request.actor, Permission.READ_HELP), slug=slug)
    may_write = request.actor.may(Permission.WRITE_HELP)
    facts = {"article": found, "may_write": may_write, "history": history_of(found) if may_write else []}
    return render(request, "help/article.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_HELP)
def add_article(request: ActorRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            added = services.add_article(**form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã thêm bài “{added}”.")
            return redirect("help_article", added.slug)
    facts = {"heading": "Viết bài mới", "form": form, "version": None, "newer": None}
    return render(request, "help/article_form.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_HELP)
def change_article(request: ActorRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Article.objects.allowed(request.actor, Permission.WRITE_HELP), slug=slug)
    form = ChangeArticleForm(request.POST or None, initial=model_to_dict(found))
    if form.is_valid():
        with refusals_in(form):
            services.change_article(found, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã sửa bài “{found}”.")
            return redirect("help_article", found.slug)
    found.refresh_from_db()  # the refused words are in the form; beside it stands what is stored
    facts = {"heading": "Sửa bài", "form": form} | newer_than(form, found)
    return render(request, "help/article_form.html", facts)
