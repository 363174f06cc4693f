-- name: list_plan_items(kind)
-- Who a response plan sends for a kind or its parent, of every priority that has a plan.
-- Prepared once.
SELECT
    p.kind_code, p.priority, n.agency_code, a.name, a.short_name, n.role, n.capability, n.number
FROM response_plans AS p
JOIN response_plan_items AS n ON n.plan_id = p.id
JOIN agencies AS a ON a.code = n.agency_code
WHERE
    (p.kind_code = :kind OR p.kind_code = split_part(:kind, '.', 1))
    AND a.active
ORDER BY n.role, n.id;

-- name: find_known_agencies(codes)
-- Which of these codes are agencies in use, with their names.
SELECT code, name, short_name FROM agencies WHERE code = ANY(:codes) AND active;
