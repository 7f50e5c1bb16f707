"""Figures of the review as SVG, for pages and manuscripts, and as PNG for programs that know no SVG."""
