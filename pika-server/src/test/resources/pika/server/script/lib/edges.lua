-- Calls whose results depend on how they are made, and those at the bounds. Returns one line for each.
local lines = {}

local function add(ok, ...)
  local parts = { tostring(ok) }
  for index = 1, math.min(select("#", ...), 5) do
    local part = tostring((select(index, ...)))
    parts[index + 1] = #part > 200 and #part .. " bytes" or part:gsub("0x%x+", "address")
  end
  lines[#lines + 1] = select("#", ...) .. " " .. table.concat(parts, " ")
end

local function try(f, ...)
  add(pcall(f, ...))
end

-- The name and the line that an error shows.
local decode, band = cjson.decode, bit.band
local object = { decode = cjson.decode, band = bit.band, encode = cjson.encode }
try(function() return cjson.decode("x") end)
try(function() local value = cjson.decode("x") return value end)
try(function() return decode() end)
try(function() return band() end)
try(function() return object.band({}) end)
try(function() return object:band() end)
try(function() return object:decode() end)
try(function() return object:encode() end)
try(function() return bit.band(1, nil) end)
try(function() return bit.band(1, nil, {}) end)
try(function() return bit.lshift(1) end)
try(function() return struct.pack("i") end)
try(function() return struct.unpack("i", "x") end)
try(function() return cmsgpack.pack() end)
try(function() return cmsgpack.unpack("\193") end)
try(function() return (function() return cjson.decode("[") end)() end)
try(cjson.decode)
try(bit.band)
try(pcall, cjson.decode, "{")
try(coroutine.wrap(function() return cjson.decode("{") end))
try(coroutine.wrap(function() return cjson.encode({ 1, { a = "b" } }) end))
try(tostring, cjson.null)
try(function() return cjson.null == cjson.decode("null"), cjson.decode("[null]")[1] == cjson.null end)
try(type, cjson.null)
try(type, cjson.encode)
try(cjson.encode, cjson.encode)
try(cjson.encode, coroutine.create(function() end))
try(cjson.encode, setmetatable({ 1 }, { __index = function() return 2 end, __len = function() return 9 end }))
try(cmsgpack.pack, setmetatable({ 1 }, { __index = function() return 2 end }))

-- A module of the script's own.
local own = cjson.new()
own.encode_invalid_numbers(true)
try(own.encode, { 1 / 0, { a = 1 } })
try(cjson.encode, 1 / 0)
try(own.decode, "[1,2")
try(function() return own.decode('{"a":[1,null]}').a[2] end)
try(function() return own.null == cjson.null, own._NAME, own._VERSION, type(own.new) end)

-- Depth.
local function nested(depth, make)
  local value = {}
  for _ = 2, depth do
    value = make(value)
  end
  return value
end
local function in_array(value) return { value } end
local function in_object(value) return { a = value } end
for _, depth in ipairs({ 15, 16, 17, 18, 999, 1000, 1001 }) do
  for _, make in ipairs({ in_array, in_object }) do
    try(cjson.encode, nested(depth, make))
    try(cmsgpack.pack, nested(depth, make))
  end
  try(cjson.decode, ("["):rep(depth) .. ("]"):rep(depth))
  try(cjson.decode, ('{"a":'):rep(depth) .. "1" .. ("}"):rep(depth))
end
cjson.encode_max_depth(100000)
cjson.decode_max_depth(100000)
for _, depth in ipairs({ 1001, 3990, 3998, 3999, 4000, 4001, 7990, 7996, 7997, 7998, 7999, 8000, 9000 }) do
  for _, make in ipairs({ in_array, in_object }) do
    try(cjson.encode, nested(depth, make))
  end
  try(function() return type(cjson.decode(("["):rep(depth) .. ("]"):rep(depth))) end)
  try(function() return type(cjson.decode(('{"a":'):rep(depth) .. "1" .. ("}"):rep(depth))) end)
  -- Beyond that it is an overflow of the stack, which no script of ours survives.
  if depth < 3999 then
    try(function() return type(cmsgpack.unpack(("\145"):rep(depth) .. "\1")) end)
    try(function() return type(cmsgpack.unpack(("\129\1"):rep(depth) .. "\1")) end)
  end
end
local value = {}
value[1] = value
try(cjson.encode, value)
try(function() return #cmsgpack.pack(value) end)
cjson.encode_max_depth(1000)
cjson.decode_max_depth(1000)

-- Many results, and results of great length.
for _, count in ipairs({ 200, 7000, 7970 }) do
  try(function() return select("#", cmsgpack.unpack(("\1"):rep(count))) end)
  try(function() return select("#", struct.unpack(("b"):rep(count), ("\1"):rep(count))) end)
end
for _, length in ipairs({ 31, 32, 255, 256, 65535, 65536 }) do
  local text = ("x"):rep(length)
  local packed = cmsgpack.pack(text)
  lines[#lines + 1] = #packed .. " " .. packed:sub(1, 6) .. " " .. tostring(cmsgpack.unpack(packed) == text)
  local list, map = {}, {}
  for index = 1, length do
    list[index], map[index * 2] = 1, 1
  end
  packed = cmsgpack.pack(list)
  lines[#lines + 1] = #packed .. " " .. packed:sub(1, 6) .. " " .. #cmsgpack.unpack(packed)
  packed = cmsgpack.pack(map)
  lines[#lines + 1] = #packed .. " " .. packed:sub(1, 6) .. " " .. #cjson.encode(cjson.decode(cjson.encode(list)))
end
return lines
