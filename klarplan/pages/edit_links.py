"""Where „edit this page“ leads: to its text, to a new file for it, to its table or to an issue."""

from __future__ import annotations

from klarplan.pages.gather import Baker
from klarplan.pages.own_text import own_text
from klarplan.pages.page import Page
from klarplan.strategy.addresses import on_web
from klarplan.strategy.code_hosts import git_project


def edit_link(baker: Baker, page: Page) -> str:
    """The address for an editor of a page; empty where the settings name no git project.

    A text that can be written leads to its file, or to a new one that is begun already. A page of
    nothing but a table leads to where that is shown. What else has no file below the root leads to
    an issue, and at a host of no known kind everything leads to the project.
    """
    words = baker.context.words
    settings = baker.strategy.settings
    project = git_project(settings)
    file = page.source
    if page.text_file and not (baker.root / page.text_file).is_file():
        link = project.new(page.text_file, own_text(words))
    elif (baker.root / file).is_file():
        link = project.view(file) if file.endswith(".csv") else project.edit(file)
    else:
        about = [words("edit.about", title=page.title), on_web(settings.site_url, page.url)]
        link = project.issue(words("edit.issue", title=page.title), "\n".join(filter(None, about)))
    return link or project.address
