-- What a script sees, made once for each interpreter. It runs among the globals of native code, which scripts can't reach, and
-- builds theirs: Redis' choice of Lua's library, read-only, with bounds on what could take memory or the C stack without
-- executing a single instruction that the tick would count.
--
-- A read-only table is an empty table in front of the real one: Lua 5.1 has nothing else. Library functions that would look
-- at the empty one are taught to look behind it.

local java, memory_limit = ...

local type, select, pcall, xpcall, error, tostring, tonumber = type, select, pcall, xpcall, error, tostring, tonumber
local getmetatable, setmetatable, rawget, rawset, next, pairs = getmetatable, setmetatable, rawget, rawset, next, pairs
local find, gsub, match, gmatch, rep, format = string.find, string.gsub, string.match, string.gmatch, string.rep, string.format
local concat, insert = table.concat, table.insert
local collectgarbage = collectgarbage
local create, resume = coroutine.create, coroutine.resume
local getinfo, getlocal, sethook = debug.getinfo, debug.getlocal, debug.sethook

-- A string above it is looked at: is there room for more like it?
local LARGE_BYTES = 64 * 1024
-- Lua's matcher calls itself once for each repeated item of a pattern, on the C stack.
local PATTERN_BYTES = 4096
-- Each level of these takes kilobytes of the C stack.
local GSUB_DEPTH, COROUTINE_DEPTH = 8, 8

local READONLY = "Attempt to modify a readonly table"

---- errors that nothing may catch

-- Java sets its field "now" when a script is to be ended.
local ending = java.ending

-- Near the end of a stack the tick can't be called either, so a script must not stay there.
local function is_final(problem)
  return ending.now
    or (type(problem) == "string" and (find(problem, "stack overflow", 1, true) or problem == "error in error handling"))
end

---- errors that look as if a function of Lua's own library had raised them

-- The level counts from here to the script, as error() does.
local function settle(level, name, ok, ...)
  if ok then
    return ...
  end
  local problem = ...
  if is_final(problem) then
    error(problem, 0)
  end
  if type(problem) == "string" then
    problem = gsub(problem, "'%?'", "'" .. name .. "'", 1)
  end
  error(problem, level)
end

-- Calls a function of the library that may complain about its arguments; to be called as "return attempt(...)".
local function attempt(name, f, ...)
  return settle(4, name, pcall(f, ...))
end

-- What Lua says of an argument that is something else; to be called by the function itself, not by "return ...".
local function wrong_type(index, name, wanted, ...)
  local given = index <= select("#", ...) and type((select(index, ...))) or "no value"
  error("bad argument #" .. index .. " to '" .. name .. "' (" .. wanted .. " expected, got " .. given .. ")", 3)
end

---- memory

-- Ends the script unless there is room for so many bytes more.
local function room(bytes)
  if bytes > memory_limit or collectgarbage("count") * 1024 + bytes > memory_limit then
    java.exhausted(bytes)
  end
  java.measure()
end

-- What stands after every concatenation of a script.
local function concatenated(s)
  if type(s) == "string" and #s > LARGE_BYTES then
    room(0)
  end
end

-- Whether n strings might be too much together.
local function suspicious(n)
  return n * collectgarbage("count") * 1024 > memory_limit
end

-- What stands in front of a script's concatenation of more than two values, which are the last ones on its stack.
local function concatenating(n)
  if not suspicious(n) then
    return
  end
  local last = 0
  while getlocal(2, last + 1) do
    last = last + 1
  end
  local bytes = 0
  for i = last - n + 1, last do
    local _, item = getlocal(2, i)
    if type(item) == "string" then
      bytes = bytes + #item
    end
  end
  room(bytes)
end

---- read-only tables

local behind = setmetatable({}, {__mode = "k"})

local function refuse()
  error(READONLY, 2)
end

-- The metatable that scripts are shown, of the globals alone.
local NO_METATABLE = setmetatable({}, {__newindex = refuse})
behind[NO_METATABLE] = {}

local function readonly(real, index)
  local front = {}
  behind[front] = real
  return setmetatable(front, {__index = index or real, __newindex = refuse, __metatable = NO_METATABLE})
end

---- the globals

local globals = {}
local private = {["(concat)"] = concatenated, ["(concats)"] = concatenating}
setmetatable(private, {__index = globals})
local environment = readonly(globals, private)
setmetatable(globals, {
  __index = function(_, name)
    error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
  end
})
globals._G = environment
globals._VERSION = _VERSION

local libraries = {}

-- The real table of that name; made, and shown to scripts, if there is none.
local function library(name)
  local real = libraries[name]
  if not real then
    real = {}
    libraries[name] = real
    globals[name] = readonly(real)
  end
  return real
end

local function borrow(from, to, names)
  for name in gmatch(names, "%S+") do
    to[name] = from[name]
  end
end

borrow(_G, globals, "assert error gcinfo ipairs pcall rawequal select tonumber tostring type unpack")
borrow(string, library("string"), "byte char dump find format gfind gmatch gsub len lower match rep reverse sub upper")
borrow(table, library("table"), "concat foreach foreachi getn insert maxn remove setn sort")
borrow(math, library("math"), [[abs acos asin atan atan2 ceil cos cosh deg exp floor fmod frexp huge ldexp log log10 max min mod
  modf pi pow rad sin sinh sqrt tan tanh]])
borrow(coroutine, library("coroutine"), "running status yield")
borrow(os, library("os"), "clock")
library("math").random = java.random
library("math").randomseed = java.randomseed

local of_strings = getmetatable("")
of_strings.__index = globals.string
of_strings.__metatable = readonly({__index = globals.string})

---- functions that know of read-only tables

function globals.getmetatable(...)
  if select("#", ...) == 0 then
    return attempt("getmetatable", getmetatable)
  end
  local front = ...
  local found = getmetatable(front)
  if found == NO_METATABLE then
    return front == environment and NO_METATABLE or nil
  end
  return found
end

function globals.setmetatable(...)
  local front = ...
  if behind[front] then
    error(READONLY, 0)
  end
  return attempt("setmetatable", setmetatable, ...)
end

function globals.rawget(...)
  local front, key = ...
  if behind[front] then
    return rawget(behind[front], key)
  end
  return attempt("rawget", rawget, ...)
end

function globals.rawset(...)
  local front = ...
  if behind[front] then
    error(READONLY, 0)
  end
  return attempt("rawset", rawset, ...)
end

function globals.next(...)
  local front, key = ...
  if behind[front] then
    return next(behind[front], key)
  end
  if type(front) ~= "table" then
    return attempt("next", next, ...)
  end
  local ok, found, value = pcall(next, front, key)
  if not ok then
    error(found, 0)
  end
  return found, value
end

function globals.pairs(...)
  local front = ...
  local real = behind[front]
  if real then
    return function(_, key)
      return next(real, key)
    end, front, nil
  end
  if type(front) ~= "table" then
    return attempt("pairs", pairs, ...)
  end
  return next, front, nil
end

local tables = library("table")

function tables.insert(...)
  local front, value = ...
  if behind[front] then
    error(READONLY, 0)
  end
  if type(front) == "table" and select("#", ...) == 2 then
    insert(front, value)
  else
    return attempt("insert", insert, ...)
  end
end

---- functions that could make too much of too little

function tables.concat(...)
  local list, separator, first, last = ...
  if type(list) == "table" then
    local from, to = tonumber(first) or 1, tonumber(last) or #list
    if suspicious(to - from + 1) then
      local bytes, between = 0, #tostring(separator or "")
      for i = from, to do
        local item = rawget(list, i)
        local kind = type(item)
        if kind == "string" then
          bytes = bytes + #item + between
        elseif kind == "number" then
          bytes = bytes + 8 + between
        else
          break
        end
      end
      room(bytes)
    end
  end
  local ok, joined = pcall(concat, ...)
  if ok then
    return joined
  end
  return attempt("concat", concat, ...)
end

local strings = library("string")

function strings.rep(...)
  local s, n = ...
  if type(s) == "number" then
    s = tostring(s)
  end
  n = tonumber(n)
  if type(s) == "string" and n then
    local bytes = #s * n
    if not (bytes >= 1) then
      return ""
    end
    if bytes > LARGE_BYTES then
      room(bytes)
    end
    return rep(s, n)
  end
  return attempt("rep", rep, ...)
end

function strings.format(...)
  local n = select("#", ...)
  if n > 8 and suspicious(n) then
    local bytes = 0
    for i = 1, n do
      local item = select(i, ...)
      if type(item) == "string" then
        bytes = bytes + 2 * #item
      end
    end
    room(bytes)
  end
  local ok, text = pcall(format, ...)
  if ok then
    concatenated(text)
    return text
  end
  return attempt("format", format, ...)
end

-- Whether a pattern is too long for the C stack.
local function check_pattern(pattern)
  if type(pattern) == "string" and #pattern > PATTERN_BYTES then
    error("pattern too complex", 3)
  end
end

function strings.find(...)
  local _, pattern, _, plain = ...
  if not plain then
    check_pattern(pattern)
  end
  return attempt("find", find, ...)
end

function strings.match(...)
  local _, pattern = ...
  check_pattern(pattern)
  return attempt("match", match, ...)
end

function strings.gmatch(...)
  local s, pattern = ...
  check_pattern(pattern)
  local found = attempt("gmatch", gmatch, ...)
  return found
end

strings.gfind = strings.gmatch

local gsub_depth = 0

local function bounded(replacement)
  local bytes = 0
  local from = type(replacement) == "table" and function(key)
    return replacement[key]
  end or replacement
  return function(...)
    local result = from(...)
    if type(result) == "string" then
      bytes = bytes + #result
      if bytes > LARGE_BYTES then
        room(bytes)
      end
    end
    return result
  end
end

local function leave_gsub(...)
  gsub_depth = gsub_depth - 1
  return ...
end

function strings.gsub(...)
  local s, pattern, replacement, most = ...
  check_pattern(pattern)
  local kind = type(replacement)
  if type(s) == "string" and type(pattern) == "string" then
    if kind == "string" then
      if (#s + 1) * #replacement + 10 * #s > memory_limit then
        local ok, _, matches = pcall(gsub, s, pattern, "", most)
        local _, references = gsub(replacement, "%%%d", "")
        if ok then
          room(#s + matches * #replacement + references * #s)
        end
      end
    elseif (kind == "table" or kind == "function") and suspicious(#s + 1) then
      replacement = bounded(replacement)
    end
  end
  if kind ~= "function" and kind ~= "table" then
    return attempt("gsub", gsub, ...)
  end
  if gsub_depth >= GSUB_DEPTH then
    error("C stack overflow", 2)
  end
  gsub_depth = gsub_depth + 1
  return settle(3, "gsub", leave_gsub(pcall(gsub, s, pattern, replacement, select(4, ...))))
end

-- One interpreter serves many scripts: none may stop its collector.
function globals.collectgarbage(...)
  local what = ...
  if type(what) == "string" then
    -- C reads no further.
    what = match(what, "^%Z*")
  end
  if what == "stop" or what == "restart" then
    return 0
  elseif what == "setpause" or what == "setstepmul" then
    return 200
  end
  return attempt("collectgarbage", collectgarbage, ...)
end

---- code

-- Lua's own functions are not called even for what they would refuse: what they compile sees the globals of native code.

local function is_text(value)
  return type(value) == "string" or type(value) == "number"
end

function globals.loadstring(...)
  local source, name = ...
  if not is_text(source) then
    wrong_type(1, "loadstring", "string", ...)
  elseif name ~= nil and not is_text(name) then
    wrong_type(2, "loadstring", "string", ...)
  end
  return java.compile(tostring(source), tostring(name or source))
end

function globals.load(...)
  local reader, name = ...
  if name ~= nil and not is_text(name) then
    wrong_type(2, "load", "string", ...)
  elseif type(reader) ~= "function" then
    wrong_type(1, "load", "function", ...)
  end
  local pieces, bytes = {}, 0
  while true do
    local ok, piece = pcall(reader)
    if not ok then
      if is_final(piece) then
        error(piece, 0)
      end
      return nil, piece
    end
    if piece == nil or piece == "" then
      break
    end
    if type(piece) ~= "string" then
      return nil, "reader function must return a string"
    end
    bytes = bytes + #piece
    if bytes > LARGE_BYTES then
      room(bytes)
    end
    pieces[#pieces + 1] = piece
  end
  return java.compile(concat(pieces), tostring(name or "=(load)"))
end

---- errors

-- As Redis': of an error that is a table scripts see what its field "err" says.
local function caught(ok, ...)
  if not ok then
    local problem = ...
    if is_final(problem) then
      error(problem, 0)
    end
    if type(problem) == "table" then
      local text = rawget(problem, "err")
      if type(text) == "string" or type(text) == "number" then
        return false, text
      end
      return false, problem, text
    end
  end
  return ok, ...
end

function globals.pcall(...)
  if select("#", ...) == 0 then
    return false
  end
  return caught(pcall(...))
end

local function caught_otherwise(ok, ...)
  if not ok and ending.now then
    error((...), 0)
  end
  return ok, ...
end

function globals.xpcall(...)
  if select("#", ...) < 2 then
    return attempt("xpcall", xpcall, ...)
  end
  local f, react = ...
  return caught_otherwise(xpcall(f, function(problem)
    -- Inside a tick nothing is counted: what reacts could take for ever.
    if is_final(problem) then
      ending.now = true
      return problem
    end
    return react(problem)
  end))
end

local source_of_this = getinfo(1, "S").source

-- Where an error came from: the first Lua function of the script's below the library's function that raised it.
local function handler(problem)
  local level = 2
  local info = getinfo(level, "Sl")
  if info and info.what == "C" then
    level = level + 1
    info = getinfo(level, "Sl")
  end
  while info and (info.source == source_of_this or info.what == "tail") do
    level = level + 1
    info = getinfo(level, "Sl")
  end
  if type(problem) ~= "table" then
    problem = {err = "ERR " .. tostring(problem)}
  end
  if info and not behind[problem] then
    rawset(problem, "source", info.source)
    rawset(problem, "line", info.currentline)
  end
  return problem
end

globals.__redis__err__handler = handler

---- coroutines

local coroutines = library("coroutine")
local depth = 0

local function create_watched(...)
  local made = create(...)
  sethook(made, java.tick, "", java.interval())
  return made
end

function coroutines.create(...)
  return attempt("create", create_watched, ...)
end

local function leave(ok, ...)
  depth = depth - 1
  if not ok and is_final((...)) then
    error((...), 0)
  end
  return ok, ...
end

local function resume_bounded(...)
  if depth >= COROUTINE_DEPTH then
    return false, "C stack overflow"
  end
  depth = depth + 1
  return leave(resume(...))
end

function coroutines.resume(...)
  if type((...)) ~= "thread" then
    return attempt("resume", resume, ...)
  end
  return resume_bounded(...)
end

local function resumed(ok, ...)
  if ok then
    return ...
  end
  error((...), 3)
end

function coroutines.wrap(...)
  local made = attempt("wrap", create_watched, ...)
  return function(...)
    return resumed(resume_bounded(made, ...))
  end
end

---- for Java

sethook(java.tick, "", java.interval())

-- Calls a function on a clean table: an earlier call may have been ended anywhere.
local function call(f, ...)
  depth, gsub_depth, ending.now = 0, 0, nil
  return f(...)
end

local function run(script, arguments)
  globals.KEYS, globals.ARGV = arguments[1], arguments[2]
  return script()
end

-- Makes a value known to scripts as a field of a table.
local function define(table_name, name, value)
  library(table_name)[name] = value
end

---- what is left to native code

-- Scripts can't reach these globals. Should one ever find a way, it must lead nowhere: they are what the chunks need that are
-- loaded later, and nothing that reaches out of the interpreter. To those chunks memory is bounded, too.
local NEEDED = {}
for name in gmatch([[error math next pcall rawget rawset select setfenv setmetatable string table tonumber tostring type
  unpack]], "%S+") do
  NEEDED[name] = true
end
local native = _G
for name in next, native do
  if not NEEDED[name] then
    native[name] = nil
  end
end
debug = {getinfo = getinfo}
table.concat = tables.concat

return environment, call, run, handler, define, sethook
