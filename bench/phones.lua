-- For wrk: so many phones (GIS_DISPATCH_PHONES), each reporting where it is, one request a position.
-- No phone says the same moment twice, so every answered request is a row.
local phones = tonumber(os.getenv("GIS_DISPATCH_PHONES"))
local begin = tonumber(os.getenv("GIS_DISPATCH_BEGIN_MS"))
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local count = 0

function request()
  count = count + 1
  local phone = (count * 2 + number) % phones
  local moment = begin + count * 2 + number
  return wrk.format("POST", string.format(
    "/phones/osmand?id=bench-%d&timestamp=%d&lat=%.6f&lon=%.6f&speed=12.5&bearing=%d&altitude=4&accuracy=5&batt=80",
    phone, moment, 0.9 + phone * 1e-5 + count * 1e-9, 108.98 + phone * 1e-5, count % 360))
end
