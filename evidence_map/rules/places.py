"""Regions that do not lie in the countries named."""

from __future__ import annotations

from evidence_map.model.absence import Absence
from evidence_map.model.places import country_name
from evidence_map.review import Review
from evidence_map.rules.registry import Found, Scope, rule


@rule(
    "region-outside-countries",
    "A region lies in a country that is not named",
    why="Maps by country and by region would contradict each other.",
    cure="Add the country to setting: countries, or correct the region.",
    needs=("setting",),
    scope=Scope.RECORD,
)
def region_outside_countries(review: Review) -> Found:
    """The country of each region is among the countries."""
    for record in review.extracted:
        setting = record.value.setting
        if setting is None or isinstance(setting.subdivisions, Absence):
            continue
        countries = [] if isinstance(setting.countries, Absence) else setting.countries
        for index, region in enumerate(setting.subdivisions):
            country = region.partition("-")[0]
            if country not in countries:
                place = record.at("setting", "subdivisions", index)
                yield place, f"{region} lies in {country_name(country)}, which is not named", ""
