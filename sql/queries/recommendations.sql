-- name: find_recommendation(id)^
-- One ranking as it was kept, with what it was made from.
SELECT
    id, incident_id, made_at, CAST(inputs AS json) AS inputs, CAST(result AS json) AS result,
    sha256, network_version
FROM recommendations
WHERE id = :id;

-- name: find_recommended(id, agency_code)^
-- What one ranking recommended to an agency: its units in order, and those of the best set.
SELECT
    r.incident_id,
    ARRAY(
        SELECT shown.unit_id
        FROM unnest(r.ranked_ids) WITH ORDINALITY AS shown (unit_id, rank)
        INNER JOIN units AS u ON shown.unit_id = u.id
        WHERE u.agency_code = :agency_code
        ORDER BY shown.rank
    ) AS ranked_ids,
    ARRAY(
        SELECT CAST(chosen.line ->> 'unit_id' AS bigint)
        FROM
            jsonb_path_query(CAST(r.result AS jsonb), '$.best_set.chosen[*]')
                WITH ORDINALITY AS chosen (line, place)
        WHERE chosen.line ->> 'agency_code' = :agency_code
        ORDER BY chosen.place
    ) AS chosen_ids
FROM recommendations AS r
WHERE r.id = :id;

-- name: add_recommendation(incident_id, agency, made_at, made_by, inputs, result, sha256, network_version, ranked_ids, closures_sha256, profiles_sha256, units_sha256, since)^
-- Keep one ranking, and tell what is asked of those before it, all in one round trip: the order
-- of units that was last news for this incident to this agency (or to all; NULL: none was), and
-- which of the documents it shares with others are kept already and were in use since a moment.
-- Prepared once.
WITH new AS (
    INSERT INTO recommendations (
        incident_id, made_at, made_by, inputs, result, sha256, network_version, ranked_ids,
        closures_sha256, profiles_sha256, units_sha256
    )
    VALUES (
        :incident_id, :made_at, :made_by, :inputs, :result, :sha256, :network_version,
        CAST(:ranked_ids AS bigint []), :closures_sha256, :profiles_sha256, :units_sha256
    )
    RETURNING id
)

SELECT
    new.id,
    (
        SELECT r.ranked_ids
        FROM recommendations AS r
        WHERE r.id = (
            SELECT CAST(e.data ->> 'recommendation_id' AS bigint)
            FROM events AS e
            WHERE
                e.incident_id = :incident_id
                AND e.kind = 'ranking.made'
                AND e.agency_code IS NOT DISTINCT FROM CAST(:agency AS text)
            ORDER BY e.id DESC
            LIMIT 1
        )
    ) AS last_ranked_ids,
    ARRAY(
        SELECT d.sha256
        FROM kept_documents AS d
        WHERE
            d.sha256 IN (:closures_sha256, :profiles_sha256, :units_sha256)
            AND d.kept_at >= :since
    ) AS known
FROM new;

-- name: keep_document(sha256, content, at)!
-- Keep what many recommendations are made from once, and remember when it was last in use.
INSERT INTO kept_documents (sha256, content, kept_at)
VALUES (:sha256, CAST(:content AS jsonb), :at)
ON CONFLICT (sha256) DO UPDATE
SET kept_at = greatest(kept_documents.kept_at, excluded.kept_at);

-- name: find_kept_document(sha256)^
-- One document that recommendations were made from.
SELECT content FROM kept_documents WHERE sha256 = :sha256;

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
-- Forget what no ranking that is kept was made from, however new that ranking is: a document's
-- mark may be older than the last ranking made from it. One question, which hashes.
DELETE FROM kept_documents AS d
WHERE
    d.kept_at < :before
    AND NOT EXISTS (
        SELECT 1
        FROM (
            SELECT closures_sha256 AS sha256 FROM recommendations
            UNION ALL
            SELECT profiles_sha256 FROM recommendations
            UNION ALL
            SELECT units_sha256 FROM recommendations
        ) AS used
        WHERE used.sha256 = d.sha256
    );
