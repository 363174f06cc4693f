"""Every table, in one namespace; each group has a file of its own."""

from gis_dispatch.store.tables_base import metadata
from gis_dispatch.store.tables_clocks import (
    escalation_levels,
    referral_allowances,
    referral_raises,
    referral_takeovers,
)
from gis_dispatch.store.tables_closures import closures
from gis_dispatch.store.tables_coverage import coverage_areas, coverage_shares, coverages
from gis_dispatch.store.tables_field import field_reports, photos, scene_counts, step_proposals
from gis_dispatch.store.tables_handovers import chat_reads, handovers, promises
from gis_dispatch.store.tables_incidents import calls, incident_locations, incidents
from gis_dispatch.store.tables_land import (
    addresses,
    land_areas,
    land_lines,
    land_sites,
    place_names,
)
from gis_dispatch.store.tables_layers import (
    counted_incidents,
    incident_cells,
    incident_counting,
    uploaded_features,
    uploaded_layers,
)
from gis_dispatch.store.tables_moves import moves
from gis_dispatch.store.tables_people import api_tokens, users, wall_displays, wall_pairings
from gis_dispatch.store.tables_positions import kept_positions, positions, unit_positions
from gis_dispatch.store.tables_readiness import crew_needs, shifts, unit_supplies, vehicle_checks
from gis_dispatch.store.tables_record import (
    case_deliveries,
    events,
    incident_counters,
    received_cases,
    state_stamps,
    state_transitions,
)
from gis_dispatch.store.tables_reference import (
    agencies,
    districts,
    kinds,
    plan_areas,
    response_plan_items,
    response_plans,
    villages,
)
from gis_dispatch.store.tables_resources import (
    crew_members,
    devices,
    equipment,
    stations,
    unit_types,
    units,
)
from gis_dispatch.store.tables_response import (
    assignment_etas,
    assignments,
    kept_documents,
    readiness_checks,
    recommendations,
    referrals,
)
from gis_dispatch.store.tables_roads import (
    places,
    road_edges,
    road_junctions,
    road_networks,
    road_turn_bans,
)
from gis_dispatch.store.tables_told import (
    contacts,
    notification_progress,
    notifications,
    push_subscriptions,
)

__all__ = [
    "addresses",
    "agencies",
    "api_tokens",
    "assignment_etas",
    "assignments",
    "calls",
    "case_deliveries",
    "chat_reads",
    "closures",
    "contacts",
    "counted_incidents",
    "coverage_areas",
    "coverage_shares",
    "coverages",
    "crew_members",
    "crew_needs",
    "devices",
    "districts",
    "equipment",
    "escalation_levels",
    "events",
    "field_reports",
    "handovers",
    "incident_cells",
    "incident_counters",
    "incident_counting",
    "incident_locations",
    "incidents",
    "kept_documents",
    "kept_positions",
    "kinds",
    "land_areas",
    "land_lines",
    "land_sites",
    "metadata",
    "moves",
    "notification_progress",
    "notifications",
    "photos",
    "place_names",
    "places",
    "plan_areas",
    "positions",
    "promises",
    "push_subscriptions",
    "readiness_checks",
    "received_cases",
    "recommendations",
    "referral_allowances",
    "referral_raises",
    "referral_takeovers",
    "referrals",
    "response_plan_items",
    "response_plans",
    "road_edges",
    "road_junctions",
    "road_networks",
    "road_turn_bans",
    "scene_counts",
    "shifts",
    "state_stamps",
    "state_transitions",
    "stations",
    "step_proposals",
    "unit_positions",
    "unit_supplies",
    "unit_types",
    "units",
    "uploaded_features",
    "uploaded_layers",
    "users",
    "vehicle_checks",
    "villages",
    "wall_displays",
    "wall_pairings",
]
