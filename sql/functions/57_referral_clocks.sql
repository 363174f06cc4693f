-- The clock of a referral: which step its agency owes now, since when, and when that is due.

-- Nothing of it is kept: a change of priority, of an allowed time or of a stamp counts at once.
DROP FUNCTION IF EXISTS referral_clock_rows();
CREATE FUNCTION referral_clock_rows() RETURNS TABLE (
    referral_id bigint, agency_code text, step text, began_at timestamptz, allowed_s integer,
    due_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT
        r.id, r.agency_code, owed.step, owed.began_at, a.allowed_s,
        owed.began_at + make_interval(secs => a.allowed_s)
    FROM referrals AS r
    JOIN incidents AS i
        ON i.id = r.incident_id
        AND i.status NOT IN ('closed', 'cancelled', 'duplicate', 'out_of_area')
    CROSS JOIN LATERAL (
        SELECT
            CASE r.status
                WHEN 'sent' THEN 'acknowledge' WHEN 'acknowledged' THEN 'check' ELSE 'decide'
            END AS step,
            CASE r.status
                WHEN 'sent' THEN r.sent_at
                WHEN 'acknowledged' THEN r.acknowledged_at
                WHEN 'ready' THEN r.ready_at
                -- Checked again with the same answer: the clock goes on.
                ELSE coalesce((
                    SELECT min(c.checked_at) FROM readiness_checks AS c
                    WHERE c.referral_id = r.id AND c.id > coalesce((
                        SELECT max(fit.id) FROM readiness_checks AS fit
                        WHERE fit.referral_id = r.id AND fit.ready
                    ), 0)
                ), r.acknowledged_at)
            END AS began_at
    ) AS owed
    CROSS JOIN LATERAL (
        SELECT allowance.allowed_s FROM referral_allowances AS allowance
        WHERE
            allowance.step = owed.step
            AND allowance.priority = i.priority
            AND (allowance.agency_code = r.agency_code OR allowance.agency_code IS NULL)
        ORDER BY allowance.agency_code NULLS LAST
        LIMIT 1
    ) AS a
    WHERE r.status NOT IN ('handed_back', 'completed') AND r.status <> 'accepted'
$$;

-- A level is raised for the step that is owed now, when that is late, and after the one below it.
CREATE OR REPLACE FUNCTION guard_referral_raise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever takes the step meanwhile waits for us, or we for them.
    PERFORM FROM referrals WHERE id = NEW.referral_id FOR SHARE;
    IF NOT EXISTS (
        SELECT FROM referral_clock_rows() AS clock
        WHERE
            clock.referral_id = NEW.referral_id AND clock.step = NEW.step
            AND clock.began_at = NEW.began_at AND clock.due_at <= NEW.raised_at
    ) THEN
        RAISE EXCEPTION 'referral % does not owe this step, or is not late', NEW.referral_id
            USING ERRCODE = '23514', CONSTRAINT = 'raise_needs_a_late_step',
                  TABLE = 'referral_raises';
    END IF;
    IF NEW.level > 0 AND NOT EXISTS (
        SELECT FROM referral_raises AS below
        WHERE
            below.referral_id = NEW.referral_id AND below.step = NEW.step
            AND below.began_at = NEW.began_at AND below.level = NEW.level - 1
            AND below.raised_at < NEW.raised_at
    ) THEN
        RAISE EXCEPTION 'level % of referral % comes after the one below it', NEW.level,
            NEW.referral_id
            USING ERRCODE = '23514', CONSTRAINT = 'levels_are_raised_in_order',
                  TABLE = 'referral_raises';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_referral_raise BEFORE INSERT ON referral_raises
    FOR EACH ROW EXECUTE FUNCTION guard_referral_raise();
