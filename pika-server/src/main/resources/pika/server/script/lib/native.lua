-- What libraries written in C rest on and Lua has not: mistakes that the caller is told, arguments converted as
-- lauxlib does, casts between doubles and integers as x86-64 does them, and IEEE 754 bytes.
--
-- A mistake is thrown as a table: { text } gets the position of the script's line in front, { text, number }
-- becomes a "bad argument" with the name under which the function was called, { text, BARE } is left as it is.
local char, byte, format, reverse, tostring_of = string.char, string.byte, string.format, string.reverse, tostring
local floor, frexp, ldexp, huge = math.floor, math.frexp, math.ldexp, math.huge
local error, select, tonumber, type = error, select, tonumber, type

local BARE = -1
local WORD = 4294967296
local MAX_INT = 2147483647
local TWO_63 = 9223372036854775808

-- STACK_SLOTS is what a C function has for its values. MAX_RESULTS is a little less than that, as here a Lua function
-- with values of its own stands in between.
local native = { MAX_INT = MAX_INT, STACK_SLOTS = 8000, MAX_RESULTS = 7980 }

function native.raise(text)
  error({ text }, 0)
end

function native.raise_bare(text)
  error({ text, BARE }, 0)
end

local function argument(number, text)
  error({ text, number }, 0)
end
native.argument = argument

local function wrong_type(wanted, index, ...)
  local given = index <= select("#", ...) and type((select(index, ...))) or "no value"
  argument(index, wanted .. " expected, got " .. given)
end

-- Argument index as a string; numbers are taken as they are printed.
function native.text(index, ...)
  local value = select(index, ...)
  local kind = type(value)
  if kind == "string" then
    return value
  elseif kind == "number" then
    return tostring_of(value)
  end
  wrong_type("string", index, ...)
end

-- Argument index as a number; strings that look like one are taken.
function native.number(index, ...)
  local value = select(index, ...)
  local kind = type(value)
  if kind == "number" then
    return value
  end
  local number = kind == "string" and tonumber(value)
  return number or wrong_type("number", index, ...)
end

-- A double as a signed integer of 64 bits; what does not fit is the smallest one.
local function to_long(number)
  if not (number < TWO_63 and number >= -TWO_63) then
    return -TWO_63
  end
  return number < 0 and -floor(-number) or floor(number)
end
native.to_long = to_long

-- An integer of 64 bits as one of 32 bits.
function native.to_int(number)
  number = to_long(number) % WORD
  return number > MAX_INT and number - WORD or number
end

-- An integer's 64 bits, upper and lower half; it may be negative.
function native.words(integer)
  local upper = floor(integer / WORD)
  return upper % WORD, integer - upper * WORD
end

-- The signed integer of 64 bits that two halves are.
function native.long(upper, lower)
  return (upper > MAX_INT and upper - WORD or upper) * WORD + lower
end

-- The last size bytes of the halves, the most significant first.
function native.bytes(size, upper, lower)
  local low = char(floor(lower / 16777216), floor(lower / 65536) % 256, floor(lower / 256) % 256, lower % 256)
  if size <= 4 then
    return low:sub(5 - size)
  end
  local high = char(floor(upper / 16777216), floor(upper / 65536) % 256, floor(upper / 256) % 256, upper % 256)
  return (high .. low):sub(9 - size)
end

local function sign_of(number)
  if number ~= number then
    return format("%f", number):sub(1, 1) == "-" and 1 or 0
  end
  return (number < 0 or number == 0 and 1 / number < 0) and 1 or 0
end

local function to_even(number)
  local whole = floor(number)
  local rest = number - whole
  if rest > 0.5 or rest == 0.5 and whole % 2 == 1 then
    return whole + 1
  end
  return whole
end

-- The fields of an IEEE 754 number with so many bits of fraction, and so large a bias: sign, exponent, fraction.
local function fields(number, fraction_bits, bias)
  local sign = sign_of(number)
  local special = 2 * bias + 1
  if number ~= number then
    return sign, special, ldexp(1, fraction_bits - 1)
  end
  local size = sign == 1 and -number or number
  if size == huge then
    return sign, special, 0
  end
  local mantissa, exponent = frexp(size)
  local biased = exponent - 1 + bias
  if size == 0 or biased <= 0 then
    -- Below the normal numbers: all have the smallest exponent. A fraction that rounds up to a whole is the
    -- smallest normal number, whose fields follow by themselves.
    local fraction = to_even(ldexp(size, bias - 1 + fraction_bits))
    local carry = fraction == ldexp(1, fraction_bits) and 1 or 0
    return sign, carry, carry == 1 and 0 or fraction
  end
  local fraction = to_even(ldexp(mantissa, fraction_bits + 1)) - ldexp(1, fraction_bits)
  if fraction == ldexp(1, fraction_bits) then
    biased, fraction = biased + 1, 0
  end
  if biased >= special then
    return sign, special, 0
  end
  return sign, biased, fraction
end

-- The number as four bytes, the most significant first.
function native.float_bytes(number)
  local sign, exponent, fraction = fields(number, 23, 127)
  local word = sign * 2147483648 + exponent * 8388608 + fraction
  return native.bytes(4, 0, word)
end

-- The number as eight bytes, the most significant first.
function native.double_bytes(number)
  local sign, exponent, fraction = fields(number, 52, 1023)
  local upper = floor(fraction / WORD)
  return native.bytes(8, sign * 2147483648 + exponent * 1048576 + upper, fraction - upper * WORD)
end

-- Does the number survive being a float of four bytes?
function native.is_float(number)
  if number ~= number then
    return false
  end
  local _, exponent, fraction = fields(number, 23, 127)
  local size = number < 0 and -number or number
  if exponent == 255 then
    return size == huge
  elseif exponent == 0 then
    return size == ldexp(fraction, -149)
  end
  return size == ldexp(8388608 + fraction, exponent - 150)
end

local function assemble(sign, exponent, fraction, fraction_bits, bias)
  local number
  if exponent == 2 * bias + 1 then
    -- Zero divided by zero is the negative NaN of x86-64.
    number = fraction == 0 and huge or -(0 / 0)
  elseif exponent == 0 then
    number = ldexp(fraction, 1 - bias - fraction_bits)
  else
    number = ldexp(fraction + ldexp(1, fraction_bits), exponent - bias - fraction_bits)
  end
  return sign == 1 and -number or number
end

-- The float whose bytes these are, the most significant first.
function native.float(bytes)
  local b1, b2, b3, b4 = byte(bytes, 1, 4)
  local exponent = b1 % 128 * 2 + floor(b2 / 128)
  return assemble(floor(b1 / 128), exponent, b2 % 128 * 65536 + b3 * 256 + b4, 23, 127)
end

-- The double whose bytes these are, the most significant first.
function native.double(bytes)
  local b1, b2, b3, b4, b5, b6, b7, b8 = byte(bytes, 1, 8)
  local exponent = b1 % 128 * 16 + floor(b2 / 16)
  local upper = b2 % 16 * 65536 + b3 * 256 + b4
  local lower = b5 * 16777216 + b6 * 65536 + b7 * 256 + b8
  return assemble(floor(b1 / 128), exponent, upper * WORD + lower, 52, 1023)
end

native.reverse = reverse

return native
