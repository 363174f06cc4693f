-- name: find_last_recommendation(incident_id, agency)^
-- The order of units that was last shown for an incident to one agency (or to all).
SELECT
    r.id,
    coalesce(
        (
            SELECT jsonb_agg(line -> 'unit' -> 'id' ORDER BY (line ->> 'rank')::integer)
            FROM jsonb_array_elements(r.result -> 'ranked') AS line
        ),
        '[]'
    ) AS ranked_ids
FROM recommendations AS r
WHERE
    r.incident_id = :incident_id
    AND r.inputs ->> 'agency' IS NOT DISTINCT FROM CAST(:agency AS text)
ORDER BY r.id DESC
LIMIT 1;

-- name: prune_recommendations(before, most)!
-- Forget old rankings by which nobody was sent, some at a time.
DELETE FROM recommendations
WHERE id IN (
    SELECT r.id
    FROM recommendations AS r
    WHERE
        r.made_at < :before
        AND NOT EXISTS (SELECT 1 FROM assignments AS a WHERE a.recommendation_id = r.id)
    ORDER BY r.id
    LIMIT :most
);

-- name: prune_kept_documents(before)!
-- Forget what no ranking that is kept was made from. A document is marked again while it is in use,
-- so that only rankings made before its mark need to be asked.
DELETE FROM kept_documents AS d
WHERE
    d.kept_at < :before
    AND NOT EXISTS (
        SELECT 1
        FROM recommendations AS r
        WHERE
            r.made_at < :before
            AND d.sha256 IN (r.inputs ->> 'closures_sha256', r.inputs ->> 'profiles_sha256')
    );
