-- Referrals and assignments: what each needs of the record above it.

CREATE OR REPLACE FUNCTION guard_referral() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    received timestamptz;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT received_at INTO received FROM incidents WHERE id = NEW.incident_id;
        IF NEW.sent_at < received THEN
            RAISE EXCEPTION 'a referral cannot be sent before the call was received'
                USING ERRCODE = '23514', CONSTRAINT = 'times_forward_referrals', TABLE = 'referrals';
        END IF;
    ELSIF NEW.status = 'completed' AND OLD.status <> 'completed' AND EXISTS (
        SELECT 1 FROM assignments
        WHERE referral_id = NEW.id AND cleared_at IS NULL AND cancelled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'referral % still has units at work', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'referral_completed_needs_units_clear',
                  TABLE = 'referrals';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_referral BEFORE INSERT OR UPDATE ON referrals
    FOR EACH ROW EXECUTE FUNCTION guard_referral();

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
