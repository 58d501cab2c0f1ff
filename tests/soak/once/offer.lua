-- For wrk: offers RATE requests a second in all, at even times, whatever the answers take.
-- Each request has its place in time. What can't be sent then, since all connections wait for
-- answers, is sent as soon as one is free.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long microseconds; } moment;
  int gettimeofday(moment *now, void *zone);
]]
local moment = ffi.new("moment")

local function now()
  ffi.C.gettimeofday(moment, nil)
  return tonumber(moment.seconds) + tonumber(moment.microseconds) / 1e6
end

local rate, asked, requests, place, first = tonumber(os.getenv("RATE")), 0, {}, 0, nil

function init(arguments)
  for path in os.getenv("PATHS"):gmatch("%S+") do
    for _, encoding in ipairs({"gzip", "gzip, deflate, br, zstd"}) do
      requests[#requests + 1] = wrk.format("GET", path, {["Accept-Encoding"] = encoding})
    end
  end
end

function request()
  asked = asked + 1
  return requests[asked % #requests + 1]
end

-- Milliseconds until the next one's place.
function delay()
  first = first or now()
  place = place + 1
  return math.max(0, math.floor((first + place / rate - now()) * 1000))
end
