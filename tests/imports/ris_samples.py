"""Invented references in the shapes in which databases and reference managers write RIS."""

from __future__ import annotations

SCOPUS = """\ufeffTY  - JOUR
AU  - Muster, C.
AU  - van Lamp, D.E.
TI  - Tea and cats in lighthouses: A survey
T2  - Journal of Invented Results
PY  - 2020
VL  - 12
IS  - 3
C7  - 104567
DO  - 10.5555/Tea.2020.104567
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-850001&doi=10.5555%2fTea.2020.104567
AD  - Department of Tea, Harbour
AB  - Keepers drank tea.
KW  - Cats
KW  - Lighthouses
PB  - Invented Press
SN  - 12345679 (ISSN)
LA  - English
M3  - Article
DB  - Scopus
N1  - Export Date: 1 May 2026; Cited By: 3
ER  -

"""

WEB_OF_SCIENCE = """TY  - JOUR
AU  - Muster, C
AU  - Lamp, DE
TI  - Tea and cats in lighthouses: a survey
T2  - JOURNAL OF INVENTED RESULTS
LA  - English
KW  - CATS
AB  - Keepers drank tea.
AD  - Univ Harbour, Dept Tea, Harbour
C1  - Univ Harbour, Dept Tea, Harbour
PU  - INVENTED PRESS
PI  - HARBOUR
PA  - 1 QUAY, HARBOUR
SN  - 1234-5679
SN  - 2049-3630
J9  - J INVENT RESULTS
JI  - J. Invent. Results
PD  - OCT 28
PY  - 2020
VL  - 12
IS  - 3
SP  - 168
EP  - 177
AR  - 104567
DI  - 10.5555/tea.1
AN  - WOS:000123456700001
Y2  - 2026-05-01
ER  -
"""

EMBASE = """TY  - JOUR
M1  - (Muster C.; Lamp D.) Harbour
A1  - Muster, C.
A1  - Lamp, D.
T1  - Tea and cats in lighthouses
Y1  - 2020//
JF  - Journal of Invented Results
J2  - J. Invent. Results
VL  - 12
IS  - 3
SP  - 168
EP  - 177
SN  - 2049-3630
SN  - 1234-5679
M3  - Article
L2  - https://www.embase.com/search/results?subaction=viewrecord&id=L2001234567&from=export
L2  - http://dx.doi.org/10.5555/tea.1
U2  - L2001234567
U4  - 2020-11-02
N2  - Keepers drank tea.
KW  - cat
KW  - tea
LA  - English
DB  - Embase
ER  -
"""

OVID = """1.
TY  - JOUR
ID  - 2001234567
T1  - Tea and cats in lighthouses.
A1  - Muster C.
A1  - Lamp D.
Y1  - 2020//
N2  - Keepers drank tea.
KW  - tea
JF  - Journal of Invented Results
JA  - J. Invent. Results
VL  - 12
IS  - 3
SP  - 168
EP  - 177
CY  - Norway
PB  - Invented Press (E-mail: press@example.org)
SN  - 1234-5679
LA  - English
UR  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&CSC=Y&NEWS=N&PAGE=fulltext&D=emed&AN=2001234567
DO  - https://dx.doi.org/10.5555/tea.1
ER  -

2.
TY  - JOUR
ID  - 2001234568
T1  - Lamps of the harbour.
A1  - Anonymous
Y1  - 2019//
ER  -
"""

EBSCO = """TY  - JOUR
ID  - 123456789
T1  - Tea and cats in lighthouses.
AU  - Muster, Carla
AU  - Lamp, Dora
JO  - Journal of Invented Results
JF  - Journal of Invented Results
J1  - Journal of Invented Results
PY  - 2020/10/28/
Y1  - 2020/10/28/
VL  - 12
IS  - 3
SP  - 168
EP  - 177
CY  - Harbour, <Blank>
PB  - Invented Press
AB  - Keepers drank tea.
SN  - 1234-5679
AD  - Harbour
U2  - Accession Number: 123456789. Language: English.
U2  - PMID: 12345678.
DO  - 10.5555/tea.1
UR  - https://search.ebscohost.com/login.aspx?direct=true&db=ccm&AN=123456789&site=ehost-live
DP  - EBSCOhost
DB  - ccm
AN  - 123456789
ER  -
"""

CENTRAL = """TY  - JOUR
AN  - CN-02012345
AU  - Muster C
AU  - Lamp D
TI  - Tea for cats: a randomised trial
SO  - Journal of invented results
C3  - 12345678,EMBASE 2001234567
M3  - Journal article
YR  - 2020
T2  - Journal of invented results
VL  - 12
IS  - 3
SP  - 168‐177
KW  - *Cats
XR  - EMBASE 2001234567
DO  - 10.1002/central/CN-02012345
US  - https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02012345/full
ER  -
"""

ENDNOTE = """TY  - JOUR
AU  - Muster, Carla
AU  - Invented Crew,
PY  - 2020
DA  - Oct 28
TI  - Tea and cats
JF  - Journal of Invented Results
JO  - J Invent Results
VL  - 12
IS  - 3
M1  - 3
SP  - 168-77
SN  - 1234-5679 (Electronic)
2049-3630 (Linking)
KW  - Cats
Lighthouses
Tea
N1  - Muster, Carla
Lamp, Dora
Norway
C2  - PMC1234567
AN  - 12345678
DP  - NLM
ET  - 2020/10/29
ED  - Bean, F.
L1  - internal-pdf://0123456789/Muster-2020.pdf
UR  - https://example.org/tea
ID  - 17
ER  -
"""

ZOTERO = """TY  - JOUR
TI  - Tea and <i>Felis catus</i> &amp; lamps
AU  - Muster, Carla
AU  - Lamp, Dora
T2  - Journal of Invented Results
AB  - Keepers drank tea.
DA  - 2020/10/28/
PY  - 2020
DO  - 10.5555/tea.1
DP  - DOI.org (Crossref)
VL  - 12
IS  - 3
SP  - 168
EP  - 177
J2  - J Invent Results
LA  - en-GB
SN  - 1234-5679
ST  - Tea and cats
UR  - https://example.org/tea
Y2  - 2026/05/01/10:11:12
L1  - /home/somebody/Zotero/storage/ABCD/Muster.pdf
L4  - https://example.org/tea.html
N1  - PMID: 12345678
PMCID: PMC1234567
KW  - Cats
ER  -
"""

MENDELEY = """TY  - CHAP
T1  - Tea and cats
A1  - Muster, Carla
A2  - Bean, F.
Y1  - 2020///Spring
T2  - Lamps of the Harbour
SP  - 168
EP  - 177
ET  - 2nd
PB  - Invented Press
CY  - Harbour
SN  - 978-0-306-40615-7
UR  - https://doi.org/10.5555/tea.1 https://example.org/tea
N2  - Keepers drank tea.
ER  -
"""

RAYYAN = """TY  - JOUR
ID  - rayyan-123456
TI  - Tea and cats
AU  - Muster, Carla; Lamp, Dora; et al.
Y1  - 2020/10
VL  - 12
N1  - RAYYAN-INCLUSION: {"Ann"=>"Included"} | RAYYAN-LABELS: tea,cats
 | USER-NOTES: {"Ann"=>["look
again"]}
ER  -
"""

COVIDENCE = """TY  - JOUR
T1  - Tea and cats
A1  - Carla Muster
A1  - Dora Lamp
JF  - Journal of Invented Results
Y1  - 2020
VL  - 12
IS  - 3
M3  - 10.5555/tea.1
U1  - 4711
ID  - #4711
ER  -
"""

EPPI = """TY  - RPRT
T1  - Tea and cats
A1  - Muster C
A1  - Lamp D
PY  - 2020
CY  - Harbour
PB  - Invented Ministry of Tea
SP  - 1
EP  - 40
SN  - TEA-7
U1  - 55555555
ID  - 55555555
ER  -
"""

DIALECTS = {
    "Scopus": SCOPUS,
    "Web of Science": WEB_OF_SCIENCE,
    "Embase": EMBASE,
    "Ovid": OVID,
    "EBSCO": EBSCO,
    "CENTRAL": CENTRAL,
    "EndNote": ENDNOTE,
    "Zotero": ZOTERO,
    "Mendeley": MENDELEY,
    "Rayyan": RAYYAN,
    "Covidence": COVIDENCE,
    "EPPI-Reviewer": EPPI,
}
