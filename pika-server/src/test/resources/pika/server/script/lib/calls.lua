-- Random calls of one library, and what comes of them, one line each. ARGV: library, seed, number of calls.
-- The same seed makes the same calls on every server: the generator is our own, and the order of a table's keys is not
-- looked at.
local name, state, rounds = ARGV[1], tonumber(ARGV[2]) % 2147483646 + 1, tonumber(ARGV[3])
local library = ({ cjson = cjson, cmsgpack = cmsgpack, struct = struct, bit = bit })[name]

local function rnd(low, high)
  state = state * 16807 % 2147483647
  if not low then
    return state / 2147483647
  end
  if not high then
    low, high = 1, low
  end
  return low + state % (high - low + 1)
end

local function pick(list)
  return list[rnd(#list)]
end

local function joined(alphabet, max)
  local parts = {}
  for index = 1, rnd(0, max) do
    parts[index] = pick(alphabet)
  end
  return table.concat(parts)
end

local BYTES, TEXT = {}, { "a", "b", "/", '"', "\\", "\n", "\127", "\0", "\195\169", "z", "1" }
for code = 0, 255 do
  BYTES[#BYTES + 1] = string.char(code)
end

local NUMBERS = {
  function() return rnd(-200, 200) end,
  function() return rnd() end,
  function() return rnd(-70000, 70000) end,
  function() return 2 ^ rnd(0, 70) end,
  function() return -2 ^ rnd(0, 70) end,
  function() return 1 / 0 end,
  function() return -1 / 0 end,
  function() return 0 / 0 end,
  function() return rnd() * 2 ^ rnd(-1080, 1023) end,
  function() return -rnd() * 2 ^ rnd(-160, 140) end,
  function() return 2 ^ rnd(0, 64) - 1 end,
  function() return rnd(2 ^ 23) * 2 ^ rnd(-150, -100) end,
  function() return 0 * -1 end,
  function() return rnd(5) end,
  function() return rnd(5) + 0.5 end,
}

local function number()
  return pick(NUMBERS)()
end

local function value(depth)
  local kind = rnd(depth > 3 and 8 or 13)
  if kind <= 2 then
    return joined(TEXT, 6)
  elseif kind == 3 then
    return joined(BYTES, 40)
  elseif kind <= 5 then
    return number()
  elseif kind == 6 then
    return rnd(2) == 1
  elseif kind == 7 then
    return cjson.null
  elseif kind == 8 then
    return rnd(30) == 1 and pcall or nil
  end
  local made = {}
  if kind <= 10 then
    for index = 1, rnd(0, rnd(4) == 1 and 20 or 4) do
      made[index] = value(depth + 1)
    end
  elseif kind == 11 then
    for _ = 1, rnd(0, 3) do
      made[rnd(rnd(3) == 1 and 30 or 4)] = value(depth + 1)
    end
  else
    for _ = 1, rnd(0, 4) do
      local key = rnd(3) == 1 and number() or joined(TEXT, 3)
      if rnd(40) == 1 then
        key = true
      end
      if key == key then
        made[key] = value(depth + 1)
      end
    end
  end
  return made
end

local function show(shown, depth)
  local kind = type(shown)
  if kind == "table" then
    if depth > 30 then
      return "..."
    end
    local fields = {}
    for key, field in pairs(shown) do
      fields[#fields + 1] = show(key, depth + 1) .. "=" .. show(field, depth + 1)
    end
    table.sort(fields)
    return "{" .. table.concat(fields, ",") .. "}"
  elseif kind == "string" then
    return (string.format("%q", shown):gsub("%z", "\\0"))
  elseif kind == "number" then
    return string.format("%.17g", shown) .. (shown == 0 and 1 / shown < 0 and "-" or "")
  elseif kind == "userdata" or kind == "function" then
    return kind
  end
  return tostring(shown)
end

local function told(...)
  local parts = { show(select("#", ...), 0) }
  for index = 1, select("#", ...) do
    parts[index + 1] = show((select(index, ...)), 0)
  end
  return table.concat(parts, " ")
end

local lines = {}

local function call(fn, ...)
  local asked = told(...)
  lines[#lines + 1] = fn .. " " .. asked .. " -> " .. told(pcall(library[fn], ...))
end

local calls = {}

local PIECES = {
  "{", "}", "[", "]", ",", ":", '"a"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\x"', "1", "-1", "-", "+1",
  "0x1F", "0x", "01", "1.", ".5", "-.5", "1e5", "1e", "1E+3", "inf", "-Infinity", "nan", "NaN", "nan(12)", "-nan",
  "true", "false", "null", "tru", " ", "\n", "\0", "x", '"', "0x1.8p3", "-0x.8", "infinit",
}
local SETTERS = {
  "encode_sparse_array", "encode_max_depth", "decode_max_depth", "encode_number_precision", "encode_keep_buffer",
  "encode_invalid_numbers", "decode_invalid_numbers", "encode", "decode",
}

local function restore()
  cjson.encode_sparse_array(false, 2, 10)
  cjson.encode_max_depth(1000)
  cjson.decode_max_depth(1000)
  cjson.encode_number_precision(14)
  cjson.encode_keep_buffer(true)
  cjson.encode_invalid_numbers(false)
  cjson.decode_invalid_numbers(true)
end

-- The text with a byte left out or another put in.
local function damaged(text, alphabet)
  local place = rnd(0, #text)
  if rnd(2) == 1 then
    return text:sub(1, place) .. pick(alphabet) .. text:sub(place + 1)
  end
  return text:sub(1, math.max(place - 1, 0)) .. text:sub(place + 1)
end

function calls.cjson()
  local kind = rnd(10)
  if kind <= 4 then
    call("encode", value(0))
  elseif kind <= 8 then
    -- Objects in text that this server has not made itself: their fields may come in another order there.
    local text = joined(PIECES, rnd(3) == 1 and 12 or 6)
    local made = { rnd(9), joined(TEXT, 5), { number() == 1, {} }, { [joined(TEXT, 3)] = rnd(100) / 8 } }
    local ok, json = pcall(cjson.encode, made)
    if ok and rnd(2) == 1 then
      text = rnd(3) == 1 and json or damaged(json, PIECES)
    end
    call("decode", text)
  else
    local args = {}
    local count = rnd(0, 3)
    for index = 1, count do
      args[index] = ({
        true, false, "on", "off", "null", rnd(16), rnd(-2, 20), "3", "x", 2.5, 2 ^ 31, 2 ^ 33 + 2, 1 / 0, {}, "on\0x",
      })[rnd(17)]
    end
    call(pick(SETTERS), unpack(args, 1, count))
    if rnd(3) == 1 then
      restore()
    end
  end
end

function calls.cmsgpack()
  local kind = rnd(10)
  if kind <= 4 then
    local args = {}
    local count = rnd(6) == 1 and rnd(0, 4) or 1
    for index = 1, count do
      args[index] = value(0)
    end
    call("pack", unpack(args, 1, count))
    return
  end
  local text = rnd(4) == 1 and string.char(rnd(128, 255)) .. joined(BYTES, 12) or cmsgpack.pack(value(0), rnd(9))
  if rnd(2) == 1 then
    text = damaged(text, BYTES)
  end
  if kind <= 8 then
    call("unpack", text)
  elseif kind == 9 then
    call("unpack_one", text, ({ nil, 0, 1, -1, 50, "1", "x" })[rnd(7)])
  else
    call("unpack_limit", text, ({ 0, 1, 2, -1, "1", "x", {} })[rnd(7)], ({ nil, 0, 1, -1, 50 })[rnd(5)])
  end
  if rnd(20) == 1 then
    call(pick({ "unpack", "unpack_one", "unpack_limit", "pack" }))
    call("unpack", {})
    call("unpack", 12)
    call("unpack_one", "\1", nil)
    call("unpack_limit", "\1")
  end
end

local OPTIONS = {
  "b", "B", "h", "H", "l", "L", "T", "i", "I", "i1", "I2", "i3", "I4", "i8", "I8", "i16", "I9", "x", "f", "d", "c",
  "c0", "c3", "s", " ", "<", ">", "!", "!1", "!2", "!4", "!8", "i32", "i33", "I0", "!3", "!16", "z", "5", "\0",
  "c99999999999", "i99999999999",
}

function calls.struct()
  local options = {}
  for index = 1, rnd(0, 5) do
    options[index] = OPTIONS[rnd(rnd(3) == 1 and #OPTIONS or 32)]
  end
  local format = table.concat(options)
  local args = {}
  local count = rnd(0, 6)
  for index = 1, count do
    local kind = rnd(12)
    args[index] = kind <= 6 and number() or kind <= 10 and joined(BYTES, 5) or kind == 11 and "12" or pick({ {}, true })
  end
  local kind = rnd(3)
  if kind == 1 then
    call("pack", format, unpack(args, 1, count))
  elseif kind == 2 then
    call("size", format)
    call("unpack", format, joined(BYTES, 40), ({ nil, 1, 2, 0, -1, "2", "x", 50, 2 ^ 31, 2 ^ 62 })[rnd(10)])
  else
    format = pick({ ">", "<", "!4", "" })
    for _ = 1, rnd(4) do
      format = format .. pick({ "b", "B", "h", "H", "l", "L", "i", "I", "i3", "d", "f", "x", "I8" })
    end
    args = {}
    for index = 1, 5 do
      args[index] = number()
    end
    call("pack", format, unpack(args))
    local ok, packed = pcall(struct.pack, format, unpack(args))
    if ok then
      call("unpack", format, packed)
      call("unpack", format, packed, rnd(9))
    end
  end
  if rnd(40) == 1 then
    call(pick({ "pack", "unpack", "size" }))
    call("unpack", "b")
    call("pack", 5)
    call("pack", {})
    call("unpack", {}, "x")
  end
end

local BIT_FUNCTIONS = {
  "tobit", "tohex", "bnot", "band", "bor", "bxor", "lshift", "rshift", "arshift", "rol", "ror", "bswap",
}

function calls.bit()
  local args = {}
  local count = rnd(0, 3)
  for index = 1, count do
    local kind = rnd(20)
    args[index] = kind <= 15 and (rnd(2) == 1 and rnd(-40, 40) or number())
      or ({ "12", "0x1f", "x", {}, false })[kind - 15]
  end
  local fn = pick(BIT_FUNCTIONS)
  call(fn, unpack(args, 1, count))
end

for _ = 1, rounds do
  calls[name]()
end
if name == "cjson" then
  restore()
end
return lines
