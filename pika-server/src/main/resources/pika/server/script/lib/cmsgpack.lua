-- cmsgpack: MessagePack, with the behaviour of lua-cmsgpack 0.4.0.
--
-- Tables nested deeper than MAX_NESTING are packed as nil. Unpacking is bounded by the stack that the same walk would
-- take in C: each value on the way and each result takes a slot.
local publish, native = ...

local byte, char, sub = string.byte, string.char, string.sub
local concat, floor, huge = table.concat, math.floor, math.huge
local next, rawget, select, type, unpack = next, rawget, select, type, unpack
local argument, raise, raise_bare = native.argument, native.raise, native.raise_bare

local MAX_NESTING = 16
local MAX_INT = native.MAX_INT
local STACK_SLOTS = native.STACK_SLOTS
local TWO_63 = 9223372036854775808

-- ---- pack ----

local function pack_integer(number)
  if number >= 0 then
    if number <= 127 then
      return char(number)
    elseif number <= 255 then
      return "\204" .. char(number)
    elseif number <= 65535 then
      return "\205" .. native.bytes(2, 0, number)
    elseif number <= 4294967295 then
      return "\206" .. native.bytes(4, 0, number)
    end
    return "\207" .. native.bytes(8, native.words(number))
  end
  if number >= -32 then
    return char(256 + number)
  elseif number >= -128 then
    return "\208" .. char(256 + number)
  elseif number >= -32768 then
    return "\209" .. native.bytes(2, 0, 65536 + number)
  elseif number >= -2147483648 then
    return "\210" .. native.bytes(4, 0, 4294967296 + number)
  end
  return "\211" .. native.bytes(8, native.words(number))
end

local function pack_number(number)
  if floor(number) == number and number >= -TWO_63 and number < TWO_63 then
    return pack_integer(number == 0 and 0 or number)
  elseif native.is_float(number) then
    return "\202" .. native.float_bytes(number)
  end
  return "\203" .. native.double_bytes(number)
end

local function text_header(length)
  if length < 32 then
    return char(160 + length)
  elseif length <= 255 then
    return "\217" .. char(length)
  elseif length <= 65535 then
    return "\218" .. native.bytes(2, 0, length)
  end
  return "\219" .. native.bytes(4, 0, length)
end

local function container_header(length, fix, short, long)
  if length <= 15 then
    return char(fix + length)
  elseif length <= 65535 then
    return short .. native.bytes(2, 0, length)
  end
  return long .. native.bytes(4, 0, length)
end

-- Whether the keys are exactly 1 to n, and how many keys there are.
local function shape(table)
  local max, count, is_array = 0, 0, true
  for key in next, table do
    count = count + 1
    if is_array and type(key) == "number" and key > 0 and key <= MAX_INT and floor(key) == key then
      max = key > max and key or max
    else
      is_array = false
    end
  end
  return is_array and max == count, count
end

local append

local function append_table(out, size, table, level)
  local is_array, count = shape(table)
  size = size + 1
  if is_array then
    out[size] = container_header(count, 144, "\220", "\221")
    for index = 1, count do
      size = append(out, size, rawget(table, index), level + 1)
    end
  else
    out[size] = container_header(count, 128, "\222", "\223")
    for key, value in next, table do
      size = append(out, size, key, level + 1)
      size = append(out, size, value, level + 1)
    end
  end
  return size
end

function append(out, size, value, level)
  local kind = type(value)
  if kind == "table" and level < MAX_NESTING then
    return append_table(out, size, value, level)
  end
  size = size + 1
  if kind == "string" then
    out[size] = text_header(#value)
    size = size + 1
    out[size] = value
  elseif kind == "number" then
    out[size] = pack_number(value)
  elseif kind == "boolean" then
    out[size] = value and "\195" or "\194"
  else
    out[size] = "\192"
  end
  return size
end

local function pack(...)
  local count = select("#", ...)
  if count == 0 then
    argument(0, "MessagePack pack needs input.")
  end
  local out, size = {}, 0
  for index = 1, count do
    size = append(out, size, (select(index, ...)), 0)
  end
  return concat(out)
end

-- ---- unpack ----

local function need(text, position, count)
  if #text - position + 1 < count then
    raise("Missing bytes in input.")
  end
end

local function unsigned(text, position, count)
  need(text, position, count + 1)
  local value = 0
  for index = position + 1, position + count do
    value = value * 256 + byte(text, index)
  end
  return value
end

local function signed(text, position, count)
  local value = unsigned(text, position, count)
  local range = 256 ^ count
  return value >= range / 2 and value - range or value
end

local function long(text, position)
  need(text, position, 9)
  local upper = unsigned(text, position, 4)
  return native.long(upper, unsigned(text, position + 4, 4))
end

local TOO_MANY = "too many return values at once; use unpack_one or unpack_limit instead."

local function room(slots, where)
  if slots + 1 > STACK_SLOTS then
    raise("stack overflow (" .. where .. ")")
  end
end

local value_at

local function array_at(text, position, length, slots)
  local array = {}
  room(slots + 1, "in function mp_decode_to_lua_array")
  for index = 1, length do
    array[index], position = value_at(text, position, slots + 2)
  end
  return array, position
end

local function map_at(text, position, length, slots)
  local map = {}
  for _ = 1, length do
    local key, value
    key, position = value_at(text, position, slots + 1)
    value, position = value_at(text, position, slots + 2)
    if key == nil then
      raise_bare("table index is nil")
    elseif key ~= key then
      raise_bare("table index is NaN")
    end
    map[key] = value
  end
  return map, position
end

local function text_at(text, position, header, length)
  need(text, position, header + length)
  local start = position + header
  return sub(text, start, start + length - 1), start + length
end

-- What follows a first byte from 0xC0 to 0xDF.
local MARKED = {
  [0xC0] = function(_, position)
    return nil, position + 1
  end,
  [0xC2] = function(_, position)
    return false, position + 1
  end,
  [0xC3] = function(_, position)
    return true, position + 1
  end,
  [0xCA] = function(text, position)
    need(text, position, 5)
    return native.float(sub(text, position + 1, position + 4)), position + 5
  end,
  [0xCB] = function(text, position)
    need(text, position, 9)
    return native.double(sub(text, position + 1, position + 8)), position + 9
  end,
  [0xCF] = function(text, position)
    return long(text, position), position + 9
  end,
  [0xD3] = function(text, position)
    return long(text, position), position + 9
  end,
}
for power, code in next, { [0] = 0xCC, 0xCD, 0xCE } do
  local count = 2 ^ power
  MARKED[code] = function(text, position)
    return unsigned(text, position, count), position + count + 1
  end
  MARKED[code + 4] = function(text, position)
    return signed(text, position, count), position + count + 1
  end
  MARKED[0xD9 + power] = function(text, position)
    return text_at(text, position, count + 1, unsigned(text, position, count))
  end
end
for power = 1, 2 do
  local count = 2 ^ power
  MARKED[0xDB + power] = function(text, position, slots)
    return array_at(text, position + count + 1, unsigned(text, position, count), slots)
  end
  MARKED[0xDD + power] = function(text, position, slots)
    return map_at(text, position + count + 1, unsigned(text, position, count), slots)
  end
end

-- The value at position, and what follows it.
function value_at(text, position, slots)
  need(text, position, 1)
  room(slots, TOO_MANY)
  local first = byte(text, position)
  if first < 0x80 then
    return first, position + 1
  elseif first >= 0xE0 then
    return first - 256, position + 1
  elseif first >= 0xC0 then
    local marked = MARKED[first]
    if not marked then
      raise("Bad data format in input.")
    end
    return marked(text, position, slots)
  elseif first >= 0xA0 then
    return text_at(text, position, 1, first - 0xA0)
  elseif first >= 0x90 then
    return array_at(text, position + 1, first - 0x90, slots)
  end
  return map_at(text, position + 1, first - 0x80, slots)
end

-- Up to limit values from offset on: how many, in a table, and where the next begins.
local function values(text, limit, offset)
  local results, count, position = {}, 0, offset + 1
  while position <= #text and count < limit do
    count = count + 1
    if count > native.MAX_RESULTS then
      raise("stack overflow (" .. TOO_MANY .. ")")
    end
    results[count], position = value_at(text, position, count)
  end
  return count, results, position
end

local function unpack_all(...)
  local count, results = values(native.text(1, ...), MAX_INT, 0)
  return unpack(results, 1, count)
end

local function unpack_some(text, limit, offset)
  if offset < 0 or limit < 0 then
    local shown = native.to_int(offset)
    raise("Invalid request to unpack with offset of " .. shown .. " and limit of " .. #text .. ".")
  elseif offset > #text then
    raise("Start offset " .. native.to_int(offset) .. " greater than input length " .. #text .. ".")
  end
  local everything = limit == 0 and offset == 0
  local count, results, position = values(text, everything and MAX_INT or limit, offset)
  if everything then
    return unpack(results, 1, count)
  end
  return position > #text and -1 or position - 1, unpack(results, 1, count)
end

local function optional_long(index, ...)
  if select(index, ...) == nil then
    return 0
  end
  return native.to_long(native.number(index, ...))
end

local function unpack_one(...)
  local offset = optional_long(2, ...)
  return unpack_some(native.text(1, ...), 1, offset)
end

local function unpack_limit(...)
  local limit = native.to_long(native.number(2, ...))
  local offset = optional_long(3, ...)
  return unpack_some(native.text(1, ...), limit, offset)
end

return {
  pack = publish(pack),
  unpack = publish(unpack_all),
  unpack_one = publish(unpack_one),
  unpack_limit = publish(unpack_limit),
  _NAME = "cmsgpack",
  _VERSION = "lua-cmsgpack 0.4.0",
  _COPYRIGHT = "Copyright (C) 2012, Salvatore Sanfilippo",
  _DESCRIPTION = "MessagePack C implementation for Lua",
}
