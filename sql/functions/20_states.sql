-- The state tables: a status changes only along a row of state_transitions ('' is "not yet there").

CREATE OR REPLACE FUNCTION guard_state_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status = NEW.status THEN
            RETURN NEW;
        END IF;
        before := OLD.status;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM state_transitions
        WHERE machine = TG_ARGV[0] AND from_status = before AND to_status = NEW.status
    ) THEN
        RAISE EXCEPTION '% cannot go from "%" to "%"', TG_ARGV[0], before, NEW.status
            USING ERRCODE = '23514', CONSTRAINT = TG_ARGV[0] || '_state_order', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER incident_state_order BEFORE INSERT OR UPDATE OF status ON incidents
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('incident');
CREATE OR REPLACE TRIGGER referral_state_order BEFORE INSERT OR UPDATE OF status ON referrals
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('referral');
CREATE OR REPLACE TRIGGER assignment_state_order BEFORE INSERT OR UPDATE OF status ON assignments
    FOR EACH ROW EXECUTE FUNCTION guard_state_order('assignment');
