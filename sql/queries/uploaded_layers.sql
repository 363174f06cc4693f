-- name: list_uploaded_layers()
-- Layers that were uploaded, in the order in which they came.
SELECT
    layer.id, layer.title_id, layer.title_en, layer.shape, layer.colour, layer.icon, layer.label,
    layer.roles, layer.zoom_from, layer.zoom_to, layer.refresh_s, layer.file_name, layer.columns,
    layer.features, layer.version, layer.uploaded_at, uploader.display_name AS uploaded_by
FROM uploaded_layers AS layer
LEFT JOIN users AS uploader ON uploader.id = layer.uploaded_by
ORDER BY layer.id;

-- name: lock_uploaded_layer(layer)^
-- One uploaded layer, held until the end of the transaction.
SELECT * FROM uploaded_layers WHERE id = :layer FOR UPDATE;

-- name: add_uploaded_layer(title_id, title_en, shape, colour, icon, label, roles, zoom_from, zoom_to, refresh_s, file_name, columns, features, by)^
-- A new layer, still without features.
INSERT INTO uploaded_layers (
    title_id, title_en, shape, colour, icon, label, roles, zoom_from, zoom_to, refresh_s, file_name,
    columns, features, uploaded_by
) VALUES (
    :title_id, :title_en, :shape, :colour, :icon, :label, :roles::varchar[], :zoom_from, :zoom_to,
    :refresh_s, :file_name, :columns::varchar[], :features, :by
) RETURNING id;

-- name: add_uploaded_features(layer, rows)!
-- Some features of a layer, as its file has them: n the number, g the geometry, p the properties.
INSERT INTO uploaded_features (layer_id, number, geom, properties)
SELECT
    :layer,
    (one ->> 'n')::integer,
    ST_SetSRID(ST_GeomFromWKB(decode(one ->> 'g', 'hex')), 4326),
    one -> 'p'
FROM jsonb_array_elements(:rows::jsonb) AS one;

-- name: replace_uploaded_file(layer, shape, file_name, columns, features, by, at)!
-- The same layer of another file.
UPDATE uploaded_layers SET
    shape = :shape, file_name = :file_name, columns = :columns::varchar[], features = :features,
    version = version + 1, uploaded_by = :by, uploaded_at = :at
WHERE id = :layer;

-- name: change_uploaded_layer(layer, title_id, title_en, colour, icon, label, roles, zoom_from, zoom_to, refresh_s)!
-- How a layer is called and drawn, and for whom.
UPDATE uploaded_layers SET
    title_id = :title_id, title_en = :title_en, colour = :colour, icon = :icon, label = :label,
    roles = :roles::varchar[], zoom_from = :zoom_from, zoom_to = :zoom_to, refresh_s = :refresh_s,
    version = version + 1
WHERE id = :layer;

-- name: delete_uploaded_features(layer)!
-- The features of a layer, before those of another file.
DELETE FROM uploaded_features WHERE layer_id = :layer;

-- name: delete_uploaded_layer(layer)!
-- A layer with its features.
DELETE FROM uploaded_layers WHERE id = :layer;

-- name: layer_uploaded(upload, west, south, east, north)
-- Features of one uploaded layer inside a box, each with every column its file had.
SELECT
    feature.number AS id,
    feature.geom AS geometry,
    feature.properties
FROM uploaded_features AS feature
WHERE feature.layer_id = :upload
    AND (:west::float8 IS NULL OR feature.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326))
ORDER BY feature.number;

-- name: uploaded_layer_state(upload)^
-- Which version of an uploaded layer this is.
SELECT version FROM uploaded_layers WHERE id = :upload;
