-- How the code of a library of functions runs: once, to register them, seeing little more than redis.register_function; what
-- it has registered sees what every script sees, without KEYS and ARGV.
--
-- Called with the globals of scripts and with what tells whether a name will do. Returns the function that loads a library.
local environment, is_name = ...

local error, next, rawget, rawset, select, setfenv, setmetatable, tostring, type =
  error, next, rawget, rawset, select, setfenv, setmetatable, tostring, type
local lower = string.lower

local BAD_NAME =
  "Library names can only contain letters, numbers, or underscores(_) and must be at least one character long"
local FLAGS = {}
for _, flag in next, { "no-writes", "allow-oom", "allow-stale", "no-cluster", "allow-cross-slot-keys" } do
  FLAGS[flag] = true
end
-- What of redis.* a library sees while it is loaded.
local SHARED = {
  "log", "LOG_DEBUG", "LOG_VERBOSE", "LOG_NOTICE", "LOG_WARNING", "REDIS_VERSION", "REDIS_VERSION_NUM",
}

-- What the library that is being loaded has registered; nothing when none is.
local registered

-- Errors of the server's own functions are tables, whose text has no position.
local function fail(text)
  error({ err = "ERR " .. text }, 0)
end

local function text_of(value)
  local kind = type(value)
  return (kind == "string" or kind == "number") and tostring(value) or nil
end

local function flags_of(list)
  local flags = {}
  local index = 1
  while true do
    local flag = rawget(list, index)
    if flag == nil then
      return flags
    end
    local name = text_of(flag)
    name = name and lower(name)
    if not FLAGS[name] then
      fail("unknown flag given")
    end
    flags[index] = name
    index = index + 1
  end
end

local function named(arguments)
  local name, description, callback, flags
  for key, value in next, arguments do
    key = text_of(key)
    if not key then
      fail("named argument key given to redis.register_function is not a string")
    end
    key = lower(key)
    if key == "function_name" then
      name = text_of(value) or fail("function_name argument given to redis.register_function must be a string")
    elseif key == "description" then
      description = text_of(value) or fail("description argument given to redis.register_function must be a string")
    elseif key == "callback" then
      if type(value) ~= "function" then
        fail("callback argument given to redis.register_function must be a function")
      end
      callback = value
    elseif key == "flags" then
      if type(value) ~= "table" then
        fail("flags argument to redis.register_function must be a table representing function flags")
      end
      flags = flags_of(value)
    else
      fail("unknown argument given to redis.register_function")
    end
  end
  if not name then
    fail("redis.register_function must get a function name argument")
  elseif not callback then
    fail("redis.register_function must get a callback argument")
  end
  return name, callback, flags or {}, description
end

local function arguments_of(...)
  local count = select("#", ...)
  if count < 1 or count > 2 then
    fail("wrong number of arguments to redis.register_function")
  end
  local first, second = ...
  if count == 1 then
    if type(first) ~= "table" then
      fail("calling redis.register_function with a single argument is only applicable to Lua table"
        .. " (representing named arguments).")
    end
    return named(first)
  end
  local name = text_of(first)
  if not name then
    fail("first argument to redis.register_function must be a string")
  elseif type(second) ~= "function" then
    fail("second argument to redis.register_function must be a function")
  end
  return name, second, {}, nil
end

local function register(...)
  if not registered then
    fail("redis.register_function can only be called on FUNCTION LOAD command")
  end
  local name, callback, flags, description = arguments_of(...)
  if not is_name(name) then
    fail(BAD_NAME)
  elseif registered[name] then
    fail("Function already exists in the library")
  end
  registered[name] = true
  registered[#registered + 1] = { name, callback, flags, description }
end

-- ---- the globals of a library

local function nonexistent(_, name)
  error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
end

local function refuse()
  error("Attempt to modify a readonly table", 2)
end

-- An empty table that shows what index has, and takes nothing.
local function front(index)
  local meta = { __index = index, __newindex = refuse, __metatable = {} }
  return setmetatable({}, meta), meta
end

local api = setmetatable({ register_function = register }, { __index = nonexistent })
for _, name in next, SHARED do
  rawset(api, name, environment.redis[name])
end
-- What a library sees while it is loaded; each has tables of its own, as it may keep them. What the sandbox has put around every
-- concatenation are globals, too.
local function while_loading()
  local globals = { redis = (front(api)) }
  for _, name in next, { "(concat)", "(concats)" } do
    globals[name] = environment[name]
  end
  return setmetatable(globals, { __index = nonexistent })
end

-- Runs the code of a library. Answers a list of { name, callback, flags, description }.
return function(chunk)
  local globals, meta = front(while_loading())
  setfenv(chunk, globals)
  registered = {}
  local functions = registered
  chunk()
  registered = nil
  meta.__index = environment
  return functions
end, function()
  registered = nil
end
