-- cjson: JSON to and from Lua values, with the behaviour of lua-cjson 2.1.0.
--
-- Called with what Java lends: publish(body) makes the function that scripts see of a body, null is the
-- value of JSON's null.
--
-- Nesting is bounded by the settings and by the stack that the same walk would take in C.
local publish, native, null = ...

local byte, char, find, format, lower, sub =
  string.byte, string.char, string.find, string.format, string.lower, string.sub
local gsub, concat, floor = string.gsub, table.concat, math.floor
local error, next, pcall, rawget, select, tonumber, type, unpack =
  error, next, pcall, rawget, select, tonumber, type, unpack

local argument, raise = native.argument, native.raise
local MAX_INT, STACK_SLOTS = native.MAX_INT, native.STACK_SLOTS
local HUGE = math.huge

-- ---- encode ----

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["/"] = "\\/", ["\127"] = "\\u007f" }
for code = 0, 31 do
  ESCAPES[char(code)] = format("\\u%04x", code)
end
ESCAPES["\b"], ESCAPES["\t"], ESCAPES["\n"], ESCAPES["\f"], ESCAPES["\r"] = "\\b", "\\t", "\\n", "\\f", "\\r"

local function quoted(text)
  if find(text, '[%c"/\\]') then
    text = gsub(text, '[%c"/\\]', ESCAPES)
  end
  return '"' .. text .. '"'
end

local function unserialisable(value, why)
  raise("Cannot serialise " .. type(value) .. ": " .. why)
end

local function number_text(settings, number)
  if number ~= number or number == HUGE or number == -HUGE then
    local mode = settings.encode_invalid_numbers
    if mode == "off" then
      unserialisable(number, "must not be NaN or Inf")
    elseif mode == "null" then
      return "null"
    elseif number ~= number then
      return "nan"
    end
  end
  return format(settings.number_format, number)
end

-- How many elements an array for this table would have; nothing for what has to be an object.
local function array_length(settings, table)
  local max, items = 0, 0
  for key in next, table do
    if type(key) ~= "number" or key < 1 or floor(key) ~= key then
      return nil
    end
    if key > max then
      max = key > MAX_INT and -MAX_INT - 1 or key
    end
    items = items + 1
  end
  local ratio = settings.encode_sparse_ratio
  if ratio > 0 and max > items * ratio and max > settings.encode_sparse_safe then
    if settings.encode_sparse_convert == "off" then
      unserialisable(table, "excessively sparse array")
    end
    return nil
  end
  return max > 0 and max or nil
end

local append

local function append_table(settings, out, size, table, depth, slots)
  if depth > settings.encode_max_depth or slots + 3 > STACK_SLOTS then
    raise("Cannot serialise, excessive nesting (" .. depth .. ")")
  end
  local length = array_length(settings, table)
  if length then
    size = size + 1
    out[size] = "["
    for index = 1, length do
      if index > 1 then
        size = size + 1
        out[size] = ","
      end
      size = append(settings, out, size, rawget(table, index), depth, slots + 1)
    end
    out[size + 1] = "]"
    return size + 1
  end
  local opening = "{"
  for key, value in next, table do
    local kind = type(key)
    size = size + 2
    out[size - 1] = opening
    opening = ","
    if kind == "string" then
      out[size] = quoted(key) .. ":"
    elseif kind == "number" then
      out[size] = '"' .. number_text(settings, key) .. '":'
    else
      unserialisable(key, "table key must be a number or string")
    end
    size = append(settings, out, size, value, depth, slots + 2)
  end
  size = size + 1
  out[size] = opening == "{" and "{}" or "}"
  return size
end

function append(settings, out, size, value, depth, slots)
  local kind = type(value)
  if kind == "table" then
    return append_table(settings, out, size, value, depth + 1, slots)
  end
  size = size + 1
  if kind == "string" then
    out[size] = quoted(value)
  elseif kind == "number" then
    out[size] = number_text(settings, value)
  elseif kind == "boolean" then
    out[size] = value and "true" or "false"
  elseif value == nil or value == null then
    out[size] = "null"
  else
    unserialisable(value, "type not supported")
  end
  return size
end

local function encoder(settings)
  return function(...)
    if select("#", ...) ~= 1 then
      argument(1, "expected 1 argument")
    end
    local out = {}
    append(settings, out, 0, (...), 0, 1)
    return concat(out)
  end
end

-- ---- decode ----

local SPACES = "[^ \t\n\r]"
local SIMPLE_TOKENS = {
  ["{"] = "T_OBJ_BEGIN",
  ["}"] = "T_OBJ_END",
  ["["] = "T_ARR_BEGIN",
  ["]"] = "T_ARR_END",
  [","] = "T_COMMA",
  [":"] = "T_COLON",
  ["\0"] = "T_END",
  [""] = "T_END",
}
local SIMPLE = {}
for name in next, SIMPLE_TOKENS do
  SIMPLE[byte(name) or 0] = true
end
local UNESCAPES = {
  ['"'] = '"',
  ["\\"] = "\\",
  ["/"] = "/",
  b = "\b",
  t = "\t",
  n = "\n",
  f = "\f",
  r = "\r",
}

local function expected(what, found, position)
  raise("Expected " .. what .. " but found " .. found .. " at character " .. position)
end

local function hex4(text, position)
  local digits = sub(text, position, position + 3)
  return find(digits, "^%x%x%x%x$") and tonumber(digits, 16) or nil
end

local function utf8(code)
  if code < 0x80 then
    return char(code)
  elseif code < 0x800 then
    return char(0xC0 + floor(code / 64), 0x80 + code % 64)
  elseif code < 0x10000 then
    return char(0xE0 + floor(code / 4096), 0x80 + floor(code / 64) % 64, 0x80 + code % 64)
  end
  return char(
    0xF0 + floor(code / 262144),
    0x80 + floor(code / 4096) % 64,
    0x80 + floor(code / 64) % 64,
    0x80 + code % 64
  )
end

-- The character that the escape at position says, and what follows it; nothing if it is not valid.
local function unicode_escape(text, position)
  local code = hex4(text, position + 2)
  if not code then
    return nil
  end
  if code < 0xD800 or code > 0xDFFF then
    return utf8(code), position + 6
  end
  local second = sub(text, position + 6, position + 7) == "\\u" and hex4(text, position + 8)
  if code >= 0xDC00 or not second or second < 0xDC00 or second > 0xDFFF then
    return nil
  end
  return utf8((code - 0xD800) * 1024 + (second - 0xDC00) + 0x10000), position + 12
end

-- The string whose quote is at position, and what follows it; or nothing, what is wrong, and where.
local function string_at(text, position)
  local start = position + 1
  local stop = find(text, '["\\%z]', start)
  if stop and byte(text, stop) == 34 then
    return sub(text, start, stop - 1), stop + 1
  end
  local parts, count = {}, 0
  while true do
    local special = stop and byte(text, stop)
    if not special or special == 0 then
      return nil, "unexpected end of string", stop or #text + 1
    end
    count = count + 1
    parts[count] = sub(text, start, stop - 1)
    if special == 34 then
      return concat(parts), stop + 1
    end
    count = count + 1
    local escape = sub(text, stop + 1, stop + 1)
    if escape == "u" then
      local character, following = unicode_escape(text, stop)
      if not character then
        return nil, "invalid unicode escape code", stop
      end
      parts[count], start = character, following
    else
      local character = UNESCAPES[escape]
      if not character then
        return nil, "invalid escape code", stop
      end
      parts[count], start = character, stop + 2
    end
    stop = find(text, '["\\%z]', start)
  end
end

-- What strtod reads and JSON has not: a plus sign, leading zeros, hexadecimal, infinity and NaN.
local function is_foreign_number(text, position)
  local rest = sub(text, position, position + 4)
  if sub(rest, 1, 1) == "+" then
    return true
  end
  rest = lower(gsub(rest, "^-", ""))
  return find(rest, "^0[x%d]") ~= nil or sub(rest, 1, 3) == "inf" or sub(rest, 1, 3) == "nan"
end

-- The last position of the number that C's strtod would read from here, or nothing.
local function number_end(text, position)
  local _, sign = find(text, "^[-+]?", position)
  local first = sign + 1
  if find(text, "^0[xX]%.?%x", first) then
    local _, last = find(text, "^0[xX]%x*%.?%x*", first)
    local _, exponent = find(text, "^[pP][-+]?%d+", last + 1)
    return exponent or last
  end
  local _, last = find(text, "^%d+%.?%d*", first)
  if not last then
    _, last = find(text, "^%.%d+", first)
  end
  if last then
    local _, exponent = find(text, "^[eE][-+]?%d+", last + 1)
    return exponent or last
  end
  local word = lower(sub(text, first, first + 7))
  if word == "infinity" then
    return first + 7
  end
  word = sub(word, 1, 3)
  if word == "inf" then
    return first + 2
  end
  if word == "nan" then
    local _, payload = find(text, "^%([%w_]*%)", first + 3)
    return payload or first + 2
  end
  return nil
end

-- The bytes that go on after digits in what strtod takes for one number: a point, an exponent, hexadecimal.
local GOES_ON = { [46] = true, [69] = true, [101] = true, [88] = true, [120] = true }

local function number_at(text, position)
  local _, digits_end = find(text, "^-?%d+", position)
  if digits_end and not GOES_ON[byte(text, digits_end + 1) or 0] then
    return tonumber(sub(text, position, digits_end)), digits_end + 1
  end
  local last = number_end(text, position)
  if not last then
    return nil, "invalid number", position
  end
  local digits = sub(text, position, last)
  local payload = find(digits, "(", 1, true)
  return tonumber(payload and sub(digits, 1, payload - 1) or digits), last + 1
end

-- A number, true, false, null or a string: the value and what follows it, or nothing, what is wrong, and where.
local function scalar_at(settings, text, position)
  local code = byte(text, position)
  if code == 34 then
    return string_at(text, position)
  end
  local strict = settings.decode_invalid_numbers == "off"
  if code == 45 or code >= 48 and code <= 57 then
    if strict and is_foreign_number(text, position) then
      return nil, "invalid number", position
    end
    return number_at(text, position)
  end
  if find(text, "^true", position) then
    return true, position + 4
  elseif find(text, "^false", position) then
    return false, position + 5
  elseif find(text, "^null", position) then
    return null, position + 4
  elseif not strict and find(text, "^[iInN+]", position) and is_foreign_number(text, position) then
    return number_at(text, position)
  end
  return nil, "invalid token", position
end

-- Complains about the token at position, where something else should be.
local function unexpected(settings, what, text, position)
  local simple = SIMPLE_TOKENS[sub(text, position, position)]
  if simple then
    expected(what, simple, position)
  end
  local value, following, place = scalar_at(settings, text, position)
  if value == nil then
    expected(what, following, place)
  end
  local kind = type(value)
  local name = value == null and "T_NULL"
    or kind == "string" and "T_STRING"
    or kind == "number" and "T_NUMBER"
    or "T_BOOLEAN"
  expected(what, name, position)
end

-- Where the next token begins; one beyond the end if there is none.
local function token(text, position)
  local code = byte(text, position)
  if code and code > 32 then
    return position
  end
  return find(text, SPACES, position) or #text + 1
end

local value_at

local function descend(settings, depth, slots, needed, position)
  if depth > settings.decode_max_depth or slots + needed > STACK_SLOTS then
    raise("Found too many nested data structures (" .. depth .. ") at character " .. position)
  end
end

local function object_at(settings, text, position, depth, slots)
  descend(settings, depth, slots, 3, position)
  local object = {}
  position = token(text, position + 1)
  if byte(text, position) == 125 then
    return object, position + 1
  end
  while true do
    if byte(text, position) ~= 34 then
      unexpected(settings, "object key string", text, position)
    end
    local key, following, place = string_at(text, position)
    if not key then
      expected("object key string", following, place)
    end
    position = token(text, following)
    if byte(text, position) ~= 58 then
      unexpected(settings, "colon", text, position)
    end
    object[key], position = value_at(settings, text, token(text, position + 1), depth, slots + 2)
    position = token(text, position)
    local code = byte(text, position)
    if code == 125 then
      return object, position + 1
    end
    if code ~= 44 then
      unexpected(settings, "comma or object end", text, position)
    end
    position = token(text, position + 1)
  end
end

local function array_at(settings, text, position, depth, slots)
  descend(settings, depth, slots, 2, position)
  local array, count = {}, 0
  position = token(text, position + 1)
  if byte(text, position) == 93 then
    return array, position + 1
  end
  while true do
    count = count + 1
    array[count], position = value_at(settings, text, position, depth, slots + 1)
    position = token(text, position)
    local code = byte(text, position)
    if code == 93 then
      return array, position + 1
    end
    if code ~= 44 then
      unexpected(settings, "comma or array end", text, position)
    end
    position = token(text, position + 1)
  end
end

function value_at(settings, text, position, depth, slots)
  local code = byte(text, position)
  local value, following, place
  if code == 34 then
    value, following, place = string_at(text, position)
  elseif code == 123 then
    return object_at(settings, text, position, depth + 1, slots)
  elseif code == 91 then
    return array_at(settings, text, position, depth + 1, slots)
  elseif code == nil or SIMPLE[code] then
    unexpected(settings, "value", text, position)
  else
    value, following, place = scalar_at(settings, text, position)
  end
  if value == nil then
    expected("value", following, place)
  end
  return value, following
end

local function decoder(settings)
  return function(...)
    if select("#", ...) ~= 1 then
      argument(1, "expected 1 argument")
    end
    local text = native.text(1, ...)
    if #text >= 2 and (byte(text, 1) == 0 or byte(text, 2) == 0) then
      raise("JSON parser does not support UTF-16 or UTF-32")
    end
    local value, position = value_at(settings, text, token(text, 1), 0, 1)
    position = token(text, position)
    if (byte(text, position) or 0) ~= 0 then
      unexpected(settings, "the end", text, position)
    end
    return value
  end
end

-- ---- settings ----

local DEFAULTS = {
  encode_sparse_convert = "off",
  encode_sparse_ratio = 2,
  encode_sparse_safe = 10,
  encode_max_depth = 1000,
  decode_max_depth = 1000,
  encode_number_precision = 14,
  number_format = "%.14g",
  encode_keep_buffer = "on",
  encode_invalid_numbers = "off",
  decode_invalid_numbers = "on",
}

local function restore(settings)
  for name, value in next, DEFAULTS do
    settings[name] = value
  end
end

local function at_most(most, ...)
  if select("#", ...) > most then
    argument(most + 1, "found too many arguments")
  end
end

local function integer_setting(settings, name, index, value, min, max)
  if value ~= nil then
    local kind = type(value)
    local number = (kind == "number" or kind == "string") and tonumber(value)
    if not number then
      argument(index, "number expected, got " .. kind)
    end
    number = native.to_int(number)
    if number < min or number > max then
      -- The C library blames the first argument whichever it was.
      argument(1, "expected integer between " .. format("%d", min) .. " and " .. format("%d", max))
    end
    settings[name] = number
  end
  return settings[name]
end

local SWITCH = { off = true, on = true }
local SWITCH_OR_NULL = { off = true, on = true, null = true }

local function word_setting(settings, name, value, words)
  if type(value) == "boolean" then
    settings[name] = value and "on" or "off"
  elseif value ~= nil then
    local word = native.text(1, value)
    -- C compares up to the first zero byte.
    local shown = gsub(word, "%z.*", "")
    if not words[shown] then
      argument(1, "invalid option '" .. shown .. "'")
    end
    settings[name] = shown
  end
  local word = settings[name]
  if word == "null" then
    return word
  end
  return word == "on"
end

-- A published function for a module of a script's own: such modules come and go with the script, so they
-- are Lua functions throughout.
local function plain(body)
  return function(...)
    local results = { pcall(body, ...) }
    if results[1] then
      return unpack(results, 2, #results)
    end
    local mistake = results[2]
    if type(mistake) ~= "table" or not mistake[1] then
      error(mistake, 0)
    end
    if mistake[2] then
      error("bad argument #" .. mistake[2] .. " to '?' (" .. mistake[1] .. ")", 2)
    end
    error(mistake[1], 2)
  end
end

local function module(publishing, changed)
  local settings = {}
  restore(settings)
  local functions = {
    encode = encoder(settings),
    decode = decoder(settings),
    encode_sparse_array = function(...)
      at_most(3, ...)
      changed()
      local convert, ratio, safe = ...
      return word_setting(settings, "encode_sparse_convert", convert, SWITCH),
        integer_setting(settings, "encode_sparse_ratio", 2, ratio, 0, MAX_INT),
        integer_setting(settings, "encode_sparse_safe", 3, safe, 0, MAX_INT)
    end,
    encode_number_precision = function(...)
      at_most(1, ...)
      changed()
      local precision = integer_setting(settings, "encode_number_precision", 1, (...), 1, 14)
      settings.number_format = "%." .. precision .. "g"
      return precision
    end,
    encode_keep_buffer = function(...)
      at_most(1, ...)
      changed()
      return word_setting(settings, "encode_keep_buffer", (...), SWITCH)
    end,
    encode_invalid_numbers = function(...)
      at_most(1, ...)
      changed()
      return word_setting(settings, "encode_invalid_numbers", (...), SWITCH_OR_NULL)
    end,
    decode_invalid_numbers = function(...)
      at_most(1, ...)
      changed()
      return word_setting(settings, "decode_invalid_numbers", (...), SWITCH)
    end,
  }
  for _, name in next, { "encode_max_depth", "decode_max_depth" } do
    functions[name] = function(...)
      at_most(1, ...)
      changed()
      return integer_setting(settings, name, 1, (...), 1, MAX_INT)
    end
  end
  local exported = { null = null, _NAME = "cjson", _VERSION = "2.1.0" }
  for name, body in next, functions do
    exported[name] = publishing(body)
  end
  return exported, settings
end

local function new()
  local own = module(plain, function() end)
  own.new = plain(new)
  return own
end

local is_changed = false
local cjson, settings = module(publish, function()
  is_changed = true
end)
cjson.new = publish(new)

-- Scripts run on many interpreters, so what one sets holds for that run of it.
local function reset()
  if is_changed then
    is_changed = false
    restore(settings)
  end
end

return cjson, reset
