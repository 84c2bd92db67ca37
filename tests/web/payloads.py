"""Five hundred attempts to run a script in a reader's browser: what they break out of, and how they run.

Each calls ``boom()``; a browser test defines it and counts. Written by us: the ways in are common knowledge
(HTML Living Standard, section 13.2, on parsing; section 4.12.1 on scripts; SVG 2 on event attributes).
"""

from __future__ import annotations

from itertools import product

#: What text may stand in where it comes out: closes it.
BREAKS = (
    "",
    '">',
    "'>",
    "--></title></textarea></style></script>",
    "</bdi></a></p></td></main>",
    "]]>",
    '" autofocus ',
    "\u2028</script>",
)

#: How it would run from there, in a browser of today or of yesterday.
RUNS = (
    "<script>boom()</script>",
    "<ScRiPt >boom()</sCrIpT >",
    "<script src=data:text/javascript,boom()></script>",
    "<script/x>boom()//",
    "<scr<script>ipt>boom()</scr</script>ipt>",
    '<script type="module">boom()</script>',
    "<img src=x onerror=boom()>",
    '<img src=x onerror="boom()">',
    "<img/src=x/onerror=boom()>",
    "<img src=x:x onerror\n=\nboom()>",
    "<svg onload=boom()>",
    "<svg/onload=boom()//",
    "<svg><script>boom()</script></svg>",
    "<svg><animate onbegin=boom() attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:boom()><text y=9>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<svg/onload=boom()>></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=boom()>",
    "<body onload=boom()>",
    "<iframe src=javascript:boom()></iframe>",
    '<iframe srcdoc="<script>parent.boom()</script>"></iframe>',
    "<object data=javascript:boom()></object>",
    "<embed src=javascript:boom()>",
    "<a href=javascript:boom()>here</a>",
    '<a href="java\tscript:boom()" id=x>here</a>',
    "<a href=JaVaScRiPt&colon;boom()>here</a>",
    "<form action=javascript:boom()><button autofocus>x</button></form>",
    "<button formaction=javascript:boom() form=x>x</button>",
    "<input autofocus onfocus=boom()>",
    "<select autofocus onfocus=boom()></select>",
    "<textarea autofocus onfocus=boom()></textarea>",
    "<details open ontoggle=boom()><summary>x</summary></details>",
    "<video><source onerror=boom()></video>",
    "<audio src=x onerror=boom()></audio>",
    "<video poster=x onloadstart=boom() src=x></video>",
    "<marquee onstart=boom()>x</marquee>",
    "<p style=animation-name:x onanimationstart=boom()>x</p>",
    "<style>@keyframes x{}</style><p style=animation:x onanimationend=boom()>",
    "<style>@import 'javascript:boom()';</style>",
    "<link rel=stylesheet href=javascript:boom()>",
    "<meta http-equiv=refresh content='0;url=javascript:boom()'>",
    "<base href=javascript:boom()//>",
    "<template><script>boom()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=boom()>'>",
    "<p onmouseover=boom() tabindex=1 onfocus=boom() autofocus>x</p>",
    "<x contenteditable onfocus=boom() autofocus tabindex=0>x</x>",
    "<p hx-on:load=boom() hx-get=/ hx-trigger=load>x</p>",
    "<div data-hx-on-htmx-load=boom() hx-vals='js:{x:boom()}' hx-get=/ hx-trigger=load></div>",
    "<button data-key=c popover id=x onbeforetoggle=boom()>x</button>",
    "&lt;script&gt;boom()&lt;/script&gt;",
    "&#60;img src=x onerror=boom()&#62;",
    "\\u003cscript\\u003eboom()\\u003c/script\\u003e",
    "%3Cscript%3Eboom()%3C/script%3E",
    "+ADw-script+AD4-boom()+ADw-/script+AD4-",
    "\uff1cscript\uff1eboom()\uff1c/script\uff1e",
    "{{ boom() }}",
    "{% include boom %}",
    "${boom()}",
    "onclick=boom() x=",
    "' onmouseover=boom() x='",
    '" onmouseover=boom() x="',
    "javascript:boom()",
    "data:text/html,<script>boom()</script>",
    "<!--<img src='--><img src=x onerror=boom()>'>",
)

PAYLOADS = tuple(dict.fromkeys(f"{before}{run}" for before, run in product(BREAKS, RUNS)))[:500]
