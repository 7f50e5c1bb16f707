"""Citation styles as functions: what citeproc-py would do with a kind of reference, found out once.

citeproc-py walks through the XML of a style anew for each citation, and asks at each of some
thousand elements what the reference is and has. Most answers are the same for all references of a
kind (:class:`~evidence_map.exports.compiled_styles.values.Kind`): those of one type that have the same
variables. So a style is walked once for each kind, and what remains of it is functions that print.

Nothing is decided here about how a citation looks. How texts are joined, cased, marked and quoted, how
names and numbers are written, is the code of citeproc-py itself, called on elements that are plain
Python objects (:mod:`.elements`). What is not covered (:class:`NotCovered`) is left to citeproc-py.
"""

from evidence_map.exports.compiled_styles.conditions import NotCovered
from evidence_map.exports.compiled_styles.style import CompiledStyle

__all__ = ["CompiledStyle", "NotCovered"]
