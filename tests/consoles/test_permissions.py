"""The permission table, held against every route with every role."""

import re

import pytest
from flask.testing import FlaskClient

from gis_dispatch.consoles.roles import HOMES, PERMISSIONS, ROLES, mark_of, needs, read_table
from gis_dispatch.domain.people import WALL
from tests.consoles.town import Browser, Town

PUBLIC = {"/api/v1/openapi.json", "/api/v1/cases/schema"}
WITHOUT_A_MARK = {
    "/",
    "/field-worker.js",
    "/field.webmanifest",
    "/healthz",
    "/i18n/<locale>.json",
    "/language",
    "/phones/batch",
    "/phones/osmand",
    "/phones/owntracks",
    "/phones/owntracks/<token>",
    "/sign-in",
    "/sign-out",
    "/try/data-centre",
    "/wall",
}
TELEPHONES_MAY = {"GET /reference", "POST /calls", "POST /calls/<int:id>/end"}
CREWS_MAY_CHANGE = {
    "POST /chat",
    "PUT /chat/read",
    "POST /assignments/<int:id>/backup",
    "POST /assignments/<int:id>/counts",
    "POST /assignments/<int:id>/photos",
    "POST /assignments/<int:id>/proposal/decline",
    "POST /assignments/<int:id>/steps",
    "POST /assignments/<int:id>/undo",
    "POST /moves/<int:id>/arrive",
    "DELETE /push/subscriptions/<int:id>",
    "POST /positions",
    "POST /push/subscriptions",
    "POST /units/<int:id>/checks",
    "POST /positions/batch",
    "PUT /units/<int:id>/duty",
}
PLANNERS_MAY_SEND = {"POST /roads/times", "POST /replay/export"}
"""A long question, which changes nothing; a file to take along, which the record remembers."""


def api_routes(town: Town) -> list[tuple[str, str]]:
    return sorted(
        (method, rule.rule)
        for rule in town.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.rule not in PUBLIC
    )


def address(rule: str) -> str:
    return re.sub(r"<[^>]+>", "999999", rule)


def asking_as(town: Town, role: str) -> tuple[FlaskClient, dict[str, str]]:
    """Whoever has this role: a program with a token, or a display with its cookie."""
    if role == WALL:
        # Its writes carry a forgery token: what is asked here is only what its role may do.
        display = town.display()
        return display, {"X-CSRFToken": Browser(display).csrf()}
    secret = town.token(role, "damkar" if role == "dispatcher" else None)
    return town.app.test_client(), {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def answers(calm_town: Town) -> dict[tuple[str, str, str], str]:
    """What every route answers to every role: "asked" when let through, else the problem's code."""
    found = {}
    for role in ROLES.values():
        client, headers = asking_as(calm_town, role)
        for method, rule in api_routes(calm_town):
            answer = client.open(
                address(rule),
                method=method,
                json=None if method == "GET" else {},
                headers=headers,
            )
            problem = (answer.get_json(silent=True) or {}) if answer.is_json else {}
            code = problem.get("type", "").partition("#")[2] if isinstance(problem, dict) else ""
            refused = code in {"forbidden", "not_signed_in", "internal", "too_many"}
            found[role, method, rule.removeprefix("/api/v1")] = code if refused else "asked"
    return found


def test_every_route_lets_in_exactly_the_roles_of_the_table(
    calm_town: Town, answers: dict[tuple[str, str, str], str]
) -> None:
    marks = {
        rule.rule.removeprefix("/api/v1"): rule.endpoint
        for rule in calm_town.app.url_map.iter_rules()
    }
    assert len(answers) > 300
    by_endpoint = {
        (method, rule.rule.removeprefix("/api/v1")): rule.endpoint
        for rule in calm_town.app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    assert marks
    for (role, method, path), answer in answers.items():
        mark = mark_of(calm_town.app.view_functions[by_endpoint[method, path]])
        assert mark is not None and mark.permission is not None, f"{method} {path} has no mark"
        expected = "asked" if role in PERMISSIONS[mark.permission] else "forbidden"
        assert answer == expected, f"{role} at {method} {path}"


def allowed(answers: dict[tuple[str, str, str], str], role: str) -> set[str]:
    return {
        f"{m} {p}" for (who, m, p), answer in answers.items() if who == role and answer == "asked"
    }


def test_a_telephone_system_only_brings_calls(answers: dict[tuple[str, str, str], str]) -> None:
    assert allowed(answers, "telephony") == TELEPHONES_MAY


def test_a_display_reads_the_wall_and_layers(answers: dict[tuple[str, str, str], str]) -> None:
    assert {one for one in allowed(answers, WALL) if "/layers" not in one} == {"GET /wall"}
    assert all(one.startswith("GET ") for one in allowed(answers, WALL))


def test_a_crew_changes_only_its_own_work(answers: dict[tuple[str, str, str], str]) -> None:
    changes = {one for one in allowed(answers, "crew") if not one.startswith("GET ")}
    assert changes == CREWS_MAY_CHANGE


def test_a_planner_sees_no_calls_and_no_incidents(
    answers: dict[tuple[str, str, str], str],
) -> None:
    seen = allowed(answers, "planner")
    assert not [one for one in seen if re.search(r" /(calls|incidents|assignments|events)", one)]
    assert {one for one in seen if not one.startswith("GET ")} == PLANNERS_MAY_SEND


def test_a_lead_operator_may_all_that_an_operator_may() -> None:
    for permission, roles in PERMISSIONS.items():
        assert "operator" not in roles or "lead_operator" in roles, permission


def test_without_a_name_nothing_is_told(calm_town: Town) -> None:
    client = calm_town.app.test_client()
    for method, rule in api_routes(calm_town):
        headers = {"Authorization": "Bearer "} if method != "GET" else {}
        if method == "GET":
            assert client.get(address(rule), headers=headers).status_code == 401, rule


def test_only_known_doors_have_no_mark(calm_town: Town) -> None:
    found = {
        rule.rule
        for rule in calm_town.app.url_map.iter_rules()
        if mark_of(calm_town.app.view_functions[rule.endpoint]) is None
    }
    assert found <= WITHOUT_A_MARK | {r for r in found if r.startswith("/tiles/")}


@pytest.mark.parametrize("role", sorted(set(HOMES) - {WALL}))
def test_everybody_lands_on_a_page_that_opens(calm_town: Town, role: str) -> None:
    browser = calm_town.signed_in(role)
    home = browser.client.get("/")
    assert home.headers["Location"] == HOMES[role]
    answer = browser.client.get(HOMES[role], headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text


def test_a_page_of_another_role_says_so(calm_town: Town) -> None:
    answer = calm_town.signed_in("crew").client.get("/operator", headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert answer.content_type.startswith("text/html")


def test_a_permission_that_is_not_in_the_table_is_refused_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match=r"incidents\.eat"):
        needs("incidents.eat")


def test_the_table_reads_as_it_is_written() -> None:
    assert read_table("a.b O . D\nc.d . . .") == {
        "a.b": frozenset({"operator", "dispatcher"}),
        "c.d": frozenset(),
    }
