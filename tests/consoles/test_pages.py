"""The pages that journeys open are all that there are."""

from gis_dispatch.consoles.roles import mark_of, may
from tests.consoles.town import Town
from tests.journeys.test_nothing_foreign import PAGES


def test_the_journey_without_other_hosts_opens_every_page_of_every_role(calm_town: Town) -> None:
    opened = {(role, path.partition("#")[0]) for role, paths in PAGES.items() for path in paths}
    for rule in calm_town.app.url_map.iter_rules():
        mark = mark_of(calm_town.app.view_functions[rule.endpoint])
        if mark is None or not mark.page or mark.permission is None:
            continue
        for role in PAGES:
            if may(role, mark.permission):
                assert (role, rule.rule) in opened, "add it to PAGES"
