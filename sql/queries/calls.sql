-- name: get_call(id)^
-- One call. Prepared once.
SELECT * FROM call_rows() WHERE id = :id;

-- name: list_calls(state, from_at, to_at, limit)
-- Calls, newest first: waiting (not answered), open (not yet closed by a disposition) or all.
SELECT * FROM call_rows()
WHERE
    CASE coalesce(CAST(:state AS text), 'all')
        WHEN 'waiting' THEN disposition IS NULL AND answered_at IS NULL AND ended_at IS NULL
        WHEN 'open' THEN disposition IS NULL
        ELSE true
    END
    AND (CAST(:from_at AS timestamptz) IS NULL OR received_at >= :from_at)
    AND (CAST(:to_at AS timestamptz) IS NULL OR received_at < :to_at)
ORDER BY received_at DESC, id DESC
LIMIT coalesce(CAST(:limit AS integer), 200);

-- name: list_calls_of_incident(incident_id)
-- The calls about one incident, oldest first. Prepared once.
SELECT * FROM call_rows() WHERE incident_id = :incident_id ORDER BY received_at, id;

-- name: find_call_by_external_id(external_id)^
-- The call that a telephone system already reported under its own number.
SELECT id FROM calls WHERE external_id = :external_id;
