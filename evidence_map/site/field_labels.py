"""What readers call the fields of a record."""

from __future__ import annotations

LABELS = {
    "design.aim": "Aim",
    "design.approach": "Approach",
    "design.methodology": "Methodology",
    "design.data_collection": "Data collection",
    "design.procedure": "Procedure",
    "design.analysis": "Analysis",
    "design.framework": "Framework",
    "design.sampling": "Sampling",
    "design.software": "Software",
    "design.ethics": "Ethics",
    "sample.size": "Sample size",
    "sample.description": "Participants",
    "sample.roles": "Roles",
    "sample.lived_experience": "Lived experience",
    "sample.recruitment.procedure": "Recruitment",
    "sample.recruitment.eligibility": "Eligibility",
    "sample.recruitment.sites_approached": "Sites asked",
    "sample.recruitment.sites_taking_part": "Sites taking part",
    "sample.recruitment.people_invited": "People invited",
    "sample.recruitment.people_taking_part": "People taking part",
    "sample.recruitment.payment": "Payment",
    "setting.countries": "Country",
    "setting.subdivisions": "Region",
    "setting.place": "Place",
    "setting.service_types": "Services",
    "setting.description": "Setting",
    "setting.data_collected": "Data collected",
    "limitations": "Limitations named by the authors",
    "funding": "Funding",
    "competing_interests": "Competing interests",
}
"""What readers call each field of a record."""
