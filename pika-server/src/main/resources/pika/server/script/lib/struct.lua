-- struct: C structures in strings, with the behaviour of Roberto Ierusalimschy's library as Redis 7.0 has it.
--
-- Sizes are those of x86-64: a long and a size_t have eight bytes, an int four, and the byte order is little-endian
-- unless the format says otherwise. Bounded by the format's length, and in what unpack returns by the stack.
local publish, native = ...

local byte, find, match, rep, sub = string.byte, string.find, string.match, string.rep, string.sub
local concat, floor, ldexp = table.concat, math.floor, math.ldexp
local select, tonumber, type, unpack = select, tonumber, type, unpack
local argument, raise = native.argument, native.raise

local MAX_INT = native.MAX_INT
local MAX_INTEGER_SIZE = 32
local MAX_ALIGNMENT = 8
local TWO_63 = 9223372036854775808
local SIZES = { B = 1, b = 1, H = 2, h = 2, L = 8, l = 8, T = 8, f = 4, d = 8, x = 1 }
local INTEGERS = { B = true, b = true, H = true, h = true, L = true, l = true, T = true, I = true, i = true }

local function is_power_of_two(number)
  while number > 1 and number % 2 == 0 do
    number = number / 2
  end
  return number == 1
end

-- The bits that both numbers have.
local function both(left, right)
  local result, bit = 0, 1
  while left > 0 and right > 0 do
    if left % 2 == 1 and right % 2 == 1 then
      result = result + bit
    end
    left, right, bit = floor(left / 2), floor(right / 2), bit * 2
  end
  return result
end

-- A number in the format, or else the default, and what follows it.
local function count_at(text, position, default)
  local digits = match(text, "^%d+", position)
  if not digits then
    return default, position
  end
  local number = 0
  for index = 1, #digits do
    number = number * 10 + byte(digits, index) - 48
    if number > MAX_INT then
      raise("integral size overflow")
    end
  end
  return number, position + #digits
end

-- How many bytes an option takes, and where the format goes on.
local function size_at(text, option, position)
  local size = SIZES[option]
  if size then
    return size, position
  elseif option == "c" then
    return count_at(text, position, 1)
  elseif option == "i" or option == "I" then
    size, position = count_at(text, position, 4)
    if size > MAX_INTEGER_SIZE then
      raise("integral size " .. size .. " is larger than limit of " .. MAX_INTEGER_SIZE)
    end
    return size, position
  end
  return 0, position
end

-- The bytes to skip so that an option of this size begins where it should.
local function padding(header, offset, option, size)
  if size == 0 or option == "c" or header.alignment == 1 then
    return 0
  end
  if size > header.alignment then
    size = header.alignment
  end
  return both(size - both(offset % 4294967296, size - 1), size - 1)
end

local function control(header, text, option, position)
  if option == ">" then
    header.is_big = true
  elseif option == "<" then
    header.is_big = false
  elseif option == "!" then
    local alignment
    alignment, position = count_at(text, position, MAX_ALIGNMENT)
    if not is_power_of_two(alignment) then
      raise("alignment " .. alignment .. " is not a power of 2")
    end
    header.alignment = alignment
  elseif option ~= " " then
    argument(1, "invalid format option '" .. option .. "'")
  end
  return position
end

-- The format as C sees it: it ends at a zero byte.
local function format_of(...)
  local text = native.text(1, ...)
  local zero = find(text, "%z")
  return zero and sub(text, 1, zero - 1) or text
end

local function new_header()
  return { is_big = false, alignment = 1 }
end

-- ---- pack ----

local function ordered(header, bytes)
  return header.is_big and bytes or native.reverse(bytes)
end

-- A double as an unsigned integer of 64 bits, negative where that is a matter of taste; as x86-64 casts it.
local function to_unsigned(number)
  if number >= TWO_63 then
    number = native.to_long(number - TWO_63)
    return number == -TWO_63 and 0 or number + TWO_63
  end
  return native.to_long(number)
end

local function integer_bytes(header, number, size)
  local bytes = native.bytes(8, native.words(to_unsigned(number)))
  if size <= 8 then
    return ordered(header, sub(bytes, 9 - size))
  end
  return ordered(header, rep("\0", size - 8) .. bytes)
end

-- The C library leaves a nil behind its arguments, so that the first one missing is nil for it.
local function taken(take, wanted, index, ...)
  if index > select("#", ...) then
    argument(index, wanted .. " expected, got nil")
  end
  return take(index, ...)
end

local function pack(...)
  local text = format_of(...)
  local header, out, count, total, index = new_header(), {}, 0, 0, 2
  local position = 1
  while position <= #text do
    local option = sub(text, position, position)
    local size
    size, position = size_at(text, option, position + 1)
    local skipped = padding(header, total, option, size)
    total = total + skipped
    count = count + 1
    out[count] = rep("\0", skipped)
    count = count + 1
    if INTEGERS[option] then
      out[count] = integer_bytes(header, taken(native.number, "number", index, ...), size)
      index = index + 1
    elseif option == "x" then
      out[count] = "\0"
    elseif option == "f" then
      out[count] = ordered(header, native.float_bytes(taken(native.number, "number", index, ...)))
      index = index + 1
    elseif option == "d" then
      out[count] = ordered(header, native.double_bytes(taken(native.number, "number", index, ...)))
      index = index + 1
    elseif option == "c" or option == "s" then
      local value = taken(native.text, "string", index, ...)
      index = index + 1
      size = size == 0 and #value or size
      if #value < size then
        argument(index, "string too short")
      end
      out[count] = sub(value, 1, size)
      if option == "s" then
        out[count] = out[count] .. "\0"
        size = size + 1
      end
    else
      out[count] = ""
      position = control(header, text, option, position)
    end
    total = total + size
  end
  return concat(out)
end

-- ---- unpack ----

-- The integer in these bytes, the most significant first; only the lower 64 bits count.
local function integer(bytes, is_signed)
  local size = #bytes
  local upper, lower = 0, 0
  for index = size > 8 and size - 7 or 1, size do
    if size - index >= 4 then
      upper = upper * 256 + byte(bytes, index)
    else
      lower = lower * 256 + byte(bytes, index)
    end
  end
  if not is_signed then
    return upper * 4294967296 + lower
  end
  -- The sign is where a shift by so many bits finds it; the processor takes the count modulo 64.
  local shift = (size * 8 - 1) % 64
  if shift >= 32 then
    local sign = ldexp(1, shift - 32)
    if upper >= sign then
      upper = upper % sign - sign
    end
  else
    local sign = ldexp(1, shift)
    if upper > 0 or lower >= sign then
      upper, lower = 0, lower % sign - sign
    end
  end
  return upper * 4294967296 + lower
end

local function check_room(data, position, size)
  if position < 0 or position + size > #data then
    argument(2, "data string too short")
  end
end

-- The option's value in data behind position, and its size.
local function value_at(header, option, data, position, size)
  if option == "s" then
    local stop = find(data, "%z", position + 1)
    if not stop then
      raise("unfinished string in data")
    end
    return sub(data, position + 1, stop - 1), stop - position
  end
  local bytes = sub(data, position + 1, position + size)
  if option == "c" then
    return bytes, size
  elseif not header.is_big then
    bytes = native.reverse(bytes)
  end
  if option == "f" then
    return native.float(bytes), size
  elseif option == "d" then
    return native.double(bytes), size
  end
  return integer(bytes, option == "i" or option == "b" or option == "h" or option == "l"), size
end

local function start_of(...)
  if select(3, ...) == nil then
    return 0
  end
  local start = native.to_long(native.number(3, ...))
  if start == 0 then
    argument(3, "offset must be 1 or greater")
  end
  -- Unsigned in C, so that what is below zero is beyond the end of any string; check_room knows.
  return start - 1
end

-- How many of the results the option c0 takes away: the number of characters, which came before it.
local function previous_size(results, count)
  local size = count > 0 and tonumber(results[count])
  if not size then
    raise("format 'c0' needs a previous size")
  end
  return to_unsigned(size) % (2 * TWO_63)
end

local function unpack_struct(...)
  local text, data = format_of(...), native.text(2, ...)
  local offset = start_of(...)
  local header, results, count = new_header(), {}, 0
  local position = 1
  while position <= #text do
    local option = sub(text, position, position)
    local size
    size, position = size_at(text, option, position + 1)
    offset = offset + padding(header, offset, option, size)
    check_room(data, offset, size)
    if count >= native.MAX_RESULTS then
      raise("stack overflow (too many results)")
    end
    if option == "c" and size == 0 then
      size = previous_size(results, count)
      count = count - 1
      check_room(data, offset, size)
    end
    if INTEGERS[option] or option == "f" or option == "d" or option == "c" or option == "s" then
      count = count + 1
      results[count], size = value_at(header, option, data, offset, size)
    elseif option ~= "x" then
      position = control(header, text, option, position)
    end
    offset = offset + size
  end
  results[count + 1] = offset + 1
  return unpack(results, 1, count + 1)
end

-- ---- size ----

local function size(...)
  local text = format_of(...)
  local header, total, position = new_header(), 0, 1
  while position <= #text do
    local option = sub(text, position, position)
    local taken
    taken, position = size_at(text, option, position + 1)
    total = total + padding(header, total, option, taken)
    if option == "s" then
      argument(1, "option 's' has no fixed size")
    elseif option == "c" and taken == 0 then
      argument(1, "option 'c0' has no fixed size")
    end
    -- Letters and digits that mean nothing are passed over.
    if not find(option, "%w") then
      position = control(header, text, option, position)
    end
    total = total + taken
  end
  return total
end

return { pack = publish(pack), unpack = publish(unpack_struct), size = publish(size) }
