-- name: list_users()
-- Everybody who may sign in or once could, with their agency and unit in words; never a password.
SELECT
    users.id, users.username, users.display_name, users.role, users.agency_code,
    agencies.short_name AS agency_name, users.unit_id, units.call_sign AS unit_call_sign,
    users.locale, users.active, users.created_at
FROM users
LEFT JOIN agencies ON agencies.code = users.agency_code
LEFT JOIN units ON units.id = users.unit_id
ORDER BY users.active DESC, users.role, users.username;

-- name: find_user(id)^
-- One user as the list shows them.
SELECT
    users.id, users.username, users.display_name, users.role, users.agency_code,
    agencies.short_name AS agency_name, users.unit_id, units.call_sign AS unit_call_sign,
    users.locale, users.active, users.created_at
FROM users
LEFT JOIN agencies ON agencies.code = users.agency_code
LEFT JOIN units ON units.id = users.unit_id
WHERE users.id = :id;

-- name: list_unchanged_users()
-- Users whose password, role and use are still those they were made with.
SELECT username FROM users WHERE active AND session_version = 1;

-- name: lock_user(id)^
-- One user, held until the end of the transaction.
SELECT id, username, display_name, role, agency_code, unit_id, locale, active
FROM users
WHERE id = :id
FOR UPDATE;

-- name: user_of_name(username)$
-- The number of the user with this name, whatever its capitals.
SELECT id FROM users WHERE lower(username) = lower(:username);

-- name: add_user(username, display_name, password_hash, role, agency, unit_id, locale)$
-- Adds a user; answers the number.
INSERT INTO users (username, display_name, password_hash, role, agency_code, unit_id, locale)
VALUES (:username, :display_name, :password_hash, :role, :agency, :unit_id, :locale)
RETURNING id;

-- name: change_user(id, changes)!
-- Changes a user and ends their sessions where what they may do has changed.
UPDATE users
SET (display_name, role, agency_code, unit_id, locale, active, session_version) = (
    SELECT
        new.display_name, new.role, new.agency_code, new.unit_id, new.locale, new.active,
        users.session_version + (
            (new.role, new.agency_code, new.unit_id, new.active)
            IS DISTINCT FROM (users.role, users.agency_code, users.unit_id, users.active)
        )::integer
    FROM jsonb_populate_record(users, CAST(:changes AS jsonb)) AS new
)
WHERE id = :id;

-- name: set_password(id, password_hash)!
-- Gives a user another password and ends every session begun with the old one.
UPDATE users
SET password_hash = :password_hash, session_version = session_version + 1
WHERE id = :id;

-- name: lock_administrators()
-- Everybody who may administer, held so that the last of them cannot be removed by two people at once.
SELECT id FROM users WHERE role = 'administrator' AND active ORDER BY id FOR UPDATE;

-- name: list_tokens()
-- Tokens of programs; never the secret, which is not kept.
SELECT id, label, role, agency_code, created_at, last_used_at, revoked_at
FROM api_tokens
ORDER BY revoked_at DESC NULLS FIRST, id;

-- name: add_token(label, role, agency, token_hash)$
-- Adds a token; answers the number.
INSERT INTO api_tokens (label, role, agency_code, token_hash)
VALUES (:label, :role, :agency, :token_hash)
RETURNING id;

-- name: revoke_token(id, at)!
-- Ends a token; a second time changes nothing.
UPDATE api_tokens SET revoked_at = coalesce(revoked_at, :at) WHERE id = :id;

-- name: list_devices()
-- Phones that report positions, with their unit; the simulator's own are left out.
SELECT
    devices.id, devices.label, devices.unit_id, units.call_sign AS unit_call_sign,
    units.agency_code, devices.created_at, devices.last_seen_at, devices.revoked_at,
    devices.payload_key IS NOT NULL AS encrypted
FROM devices
JOIN units ON units.id = devices.unit_id
WHERE NOT devices.simulated
ORDER BY devices.revoked_at DESC NULLS FIRST, units.call_sign, devices.id;

-- name: add_device(label, unit_id, token_hash, payload_key)$
-- Adds a phone of a unit; answers the number.
INSERT INTO devices (label, unit_id, token_hash, payload_key)
VALUES (:label, :unit_id, :token_hash, :payload_key)
RETURNING id;

-- name: find_payload_key(token_hash)^
-- What the phone with this token encrypts its payload with; a revoked one is not found.
SELECT payload_key FROM devices WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- name: revoke_device(id, at)!
-- Ends a phone's token; a second time changes nothing.
UPDATE devices SET revoked_at = coalesce(revoked_at, :at), payload_key = NULL WHERE id = :id;
