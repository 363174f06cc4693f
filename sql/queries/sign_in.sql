-- name: find_account_by_name(username)^
-- The person of this user name, with the password's hash, if there is one.
SELECT
    id, username, display_name, password_hash, role, agency_code, unit_id, locale, active,
    session_version,
    (SELECT kind = 'private' FROM agencies WHERE code = users.agency_code) AS private
FROM users
WHERE lower(username) = lower(:username);

-- name: find_account_by_id(id)^
-- The person of this number, if there is one. Prepared once.
SELECT
    id, username, display_name, role, agency_code, unit_id, locale, active, session_version,
    (SELECT kind = 'private' FROM agencies WHERE code = users.agency_code) AS private
FROM users
WHERE id = :id;

-- name: replace_password_hash(id, password_hash)!
-- Keeps the same password under today's hashing cost.
UPDATE users SET password_hash = :password_hash WHERE id = :id;

-- name: set_account_locale(id, locale)!
-- Remembers the language a person chose.
UPDATE users SET locale = :locale WHERE id = :id;

-- name: find_live_token(token_hash)^
-- The token with this hash, unless it was revoked, and whether its last use should be noted again.
SELECT
    id, label, role, agency_code,
    (SELECT kind = 'private' FROM agencies WHERE code = api_tokens.agency_code) AS private,
    last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS use_is_old
FROM api_tokens
WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- name: note_token_use(id)!
-- Notes that a token was used just now.
UPDATE api_tokens SET last_used_at = now() WHERE id = :id;
