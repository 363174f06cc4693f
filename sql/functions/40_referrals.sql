-- Referrals and assignments: what each needs of the record above it.

CREATE OR REPLACE FUNCTION guard_referral() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    received timestamptz;
    checked boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT received_at INTO received FROM incidents WHERE id = NEW.incident_id;
        IF NEW.sent_at < received THEN
            RAISE EXCEPTION 'a referral cannot be sent before the call was received'
                USING ERRCODE = '23514', CONSTRAINT = 'times_forward_referrals', TABLE = 'referrals';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('ready', 'not_ready', 'accepted') THEN
        SELECT ready INTO checked FROM readiness_checks
            WHERE referral_id = NEW.id ORDER BY id DESC LIMIT 1;
        IF checked IS DISTINCT FROM (NEW.status <> 'not_ready') THEN
            RAISE EXCEPTION 'referral % is "%" against its last readiness check', NEW.id, NEW.status
                USING ERRCODE = '23514', CONSTRAINT = 'referral_evidence', TABLE = 'referrals';
        END IF;
    END IF;
    IF NEW.status = 'completed' AND OLD.status <> 'completed' AND EXISTS (
        SELECT 1 FROM assignments
        WHERE referral_id = NEW.id AND cleared_at IS NULL AND cancelled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'referral % still has units at work', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'referral_completed_needs_units_clear',
                  TABLE = 'referrals';
    END IF;
    IF NEW.accepted_at IS DISTINCT FROM OLD.accepted_at AND EXISTS (
        SELECT 1 FROM assignments
        WHERE referral_id = NEW.id
            AND (NEW.accepted_at IS NULL OR dispatched_at < NEW.accepted_at)
    ) THEN
        RAISE EXCEPTION 'a unit cannot be dispatched before its agency accepted'
            USING ERRCODE = '23514', CONSTRAINT = 'times_forward_referrals', TABLE = 'referrals';
    END IF;
    RETURN NEW;
END $$;

-- Triggers go by their names: what the table of states says comes first.
DROP TRIGGER IF EXISTS guard_referral ON referrals;
CREATE OR REPLACE TRIGGER referral_work_guard BEFORE INSERT OR UPDATE ON referrals
    FOR EACH ROW EXECUTE FUNCTION guard_referral();

-- Asked when a unit is sent, and when an end is taken back and binds it again.
-- The unit row is locked FOR SHARE, so its duty cannot change between this look and the commit.
CREATE OR REPLACE FUNCTION guard_new_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unit record;
    referral record;
BEGIN
    SELECT duty, active, agency_code INTO unit FROM units WHERE id = NEW.unit_id FOR SHARE;
    SELECT incident_id, agency_code, status, accepted_at INTO referral
        FROM referrals WHERE id = NEW.referral_id FOR SHARE;
    IF unit.duty <> 'available' OR NOT unit.active THEN
        RAISE EXCEPTION 'unit % is %', NEW.unit_id, unit.duty
            USING ERRCODE = '23514', CONSTRAINT = 'unit_not_available', TABLE = 'assignments';
    END IF;
    IF referral.incident_id <> NEW.incident_id OR referral.agency_code <> unit.agency_code THEN
        RAISE EXCEPTION 'unit % is not of the agency of referral %', NEW.unit_id, NEW.referral_id
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_unit_of_agency', TABLE = 'assignments';
    END IF;
    IF referral.status <> 'accepted' THEN
        RAISE EXCEPTION 'referral % is %, not accepted', NEW.referral_id, referral.status
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_needs_accepted_referral',
                  TABLE = 'assignments';
    END IF;
    IF NEW.dispatched_at < referral.accepted_at THEN
        RAISE EXCEPTION 'a unit cannot be dispatched before its agency accepted'
            USING ERRCODE = '23514', CONSTRAINT = 'times_forward_assignments', TABLE = 'assignments';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_new_assignment BEFORE INSERT ON assignments
    FOR EACH ROW EXECUTE FUNCTION guard_new_assignment();

CREATE OR REPLACE TRIGGER guard_bound_again BEFORE UPDATE OF status ON assignments
    FOR EACH ROW
    WHEN (
        (OLD.cleared_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL)
        AND NEW.cleared_at IS NULL AND NEW.cancelled_at IS NULL
    )
    EXECUTE FUNCTION guard_new_assignment();

-- A corrected time stays behind the agency's acceptance.
CREATE OR REPLACE FUNCTION guard_dispatched_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.dispatched_at < (SELECT accepted_at FROM referrals WHERE id = NEW.referral_id) THEN
        RAISE EXCEPTION 'a unit cannot be dispatched before its agency accepted'
            USING ERRCODE = '23514', CONSTRAINT = 'times_forward_assignments', TABLE = 'assignments';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_dispatched_at BEFORE UPDATE OF dispatched_at ON assignments
    FOR EACH ROW EXECUTE FUNCTION guard_dispatched_at();
