"""What fuzzing begins with: sound files, and the words that stand in files of each kind."""

from __future__ import annotations

from pathlib import Path

from tests.imports import ris_samples
from tests.reviews import LIGHTHOUSE


def samples(*names: str) -> list[bytes]:
    folder = Path(__file__).parents[1] / "imports" / "samples"
    return [(folder / name).read_bytes() for name in names]


def files(pattern: str) -> list[bytes]:
    return [file.read_bytes() for file in sorted(LIGHTHOUSE.glob(pattern))]


def ris() -> list[bytes]:
    return [text.encode() for text in ris_samples.DIALECTS.values()]


def latex() -> list[bytes]:
    return [
        rb"G{\"o}del, K{\'{e}}r{\c c}{\v{s}} \o{} {\ss} \textit{in} \emph{vivo} H$_2$O $\alpha$ ``a''",
        rb"\href{https://example.org/a_b}{x \textbf{y}} \& \% \_ {\relax B} \url{a~b} $x^{2}$ \noun{A}",
        "Ünïcode <i>in</i> <sub>2</sub> &amp;amp; &#x27; &eacute; &lt;b&gt; x<sup>2</sup>".encode(),
    ]


MEDLINE = b"""
PMID- 12345678
OWN - NLM
DP  - 2020 Oct 28
TI  - Tea and cats in lighthouses: a survey of
      keepers.
LID - 10.5555/tea.1 [doi]
PG  - 168-77
AB  - BACKGROUND: Keepers drank tea.
FAU - Muster, Clara
AU  - Muster C
AUID- ORCID: 0000-0002-1825-0097
CN  - Tea Group
LA  - eng
PT  - Journal Article
JT  - Journal of invented results
SO  - J Invent Res. 2020 Oct 28;12(3):168-77.
"""
ENDNOTE = b"""%0 Journal Article
%A Muster, Clara
%A van Lamp, D. E.
%T Tea and cats in lighthouses
%J Journal of Invented Results
%D 2020
%V 12
%N 3
%P 168-77
%R 10.5555/tea.1
%X Keepers drank tea.
%U https://example.org/tea
"""
MARKDOWN = rb"""# Tea *and* **cats**

As two say [see @lamp2021#company, p. 3; @muster2020], and `[@nobody]` does not; me\@example.org.

1. one ~~two~~ "three"...
   > quoted -- text (c)

| a | b |
|:-:|--:|
| 1 | <script>alert(1)</script> |

[x](javascript:alert(1)) <https://example.org> ![p](x.png) [y](data:text/html;base64,x "t")

```py
x
```

[y]: https://example.org/?a=b&c "title"
"""

YAML_WORDS = (
    *("- ", ": ", "  ", "\n", "\n\n", "# ", "#x", "|\n", ">-\n", '"', "'", "[", "]", "{", "}", ", "),
    *("&a ", "*a", "!!str ", "---\n", "...\n", "? ", "<<: ", "~", "null", "NO", "1e9", "\t", "\r\n"),
    *(
        "\\x07",
        "\\u202e",
        "\\ud800",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "\xa0",
        "é",
        "𝔘",
        "%YAML 1.1\n",
    ),
    *("not reported", "not applicable", "2020-02-30", "99999999999999999999", "-1", "0x10", "1_000"),
    *("reference", "title: ", "findings:\n", "id: ", "codes:\n", "authors:\n", "notes: |\n", "[@a#b]"),
)
MARKUP_WORDS = (
    *("{", "}", '"', "\\", "<", ">", "&", ",", "\t", "\n", ";", "@", "#", "=", "[", "]", "(", ")", "$"),
    *("%", "\x00", "\x85", "\u2028", "\ufeff", "é", "'=", " and ", "others", "&#0;", "<style>", "<!--"),
    *("@article{", "@string{x=", "</record>", "]]>", "null", "1e999", "et al.", "\\'", "10.", "2020-13"),
    *("TY  - JOUR\n", "ER  - \n", "AU  - ", "%A ", "%0 Book\n", "PMID- ", '"title":', "<author>", "\r"),
    *(
        "&amp;amp;",
        "<![CDATA[",
        "<!DOCTYPE x [",
        "\\textbf{",
        "\\char",
        "$_{",
        "\\\\",
        "0000-0002-1825-0097",
    ),
)
MARKDOWN_WORDS = (
    *("#", "*", "_", "`", "```", "~~~", "~~", "> ", "- ", "1. ", "|", "|-|\n", "\n\n", "    ", "[", "]"),
    *(
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "&",
        "\\",
        '"',
        "'",
        "...",
        "--",
        "(c)",
        "@",
        "[@a#b]",
        "; @c, p. 3",
    ),
    *(
        "[x]: ",
        "https://",
        "javascript:",
        "JaVaScRiPt&colon;",
        "data:text/html,",
        "<b onclick=x>",
        "<!--",
    ),
    *(
        "\t",
        "\xa0",
        "\u2028",
        "\x00",
        "\U000f0000",
        "&#106;",
        "&Tab;",
        "---\n",
        "===\n",
        "* * *\n",
        "\r",
    ),
)
