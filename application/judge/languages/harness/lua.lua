-- Makes one call: reads from standard input the function's name, the type it returns, those of its parameters, each
-- on a line, the player's code as a string and the arguments, all in the format of judge/languages/tokens.py, and
-- writes what was returned to standard output. What the player's code prints goes to standard error.

-- Programs may well have globals of their own of these names.
local error, load, next, pcall, rawequal, rawget, select, setmetatable, tonumber, tostring, type, xpcall =
  error, load, next, pcall, rawequal, rawget, select, setmetatable, tonumber, tostring, type, xpcall
local find, format, gsub, match, sub = string.find, string.format, string.gsub, string.match, string.sub
local concat, unpack = table.concat, table.unpack
local huge, mathtype, tointeger, utf8len = math.huge, math.type, math.tointeger, utf8.len
local exit, getinfo = os.exit, debug.getinfo
local input, output, console = io.stdin, io.stdout, io.stderr
local flush, read, write = output.flush, input.read, output.write

local FILE <const> = "solution.lua"
local DEPTH <const> = 60
local FRAMES <const> = 8
local MESSAGE <const> = 4000
local NO_MEMORY <const> = "not enough memory"
local ESCAPES <const> = {['"'] = '\\"', ["\\"] = "\\\\"}
for code = 0, 31 do
  ESCAPES[string.char(code)] = format("\\u%04x", code)
end

-- Stands for nothing where nil cannot.
local null = setmetatable({}, {
  __name = "null",
  __tostring = function() return "null" end,
  __newindex = function() error("null has no fields", 2) end,
})

-- --- types and arguments

-- A type as {kind, of, optional}: its kind, what that is of, and whether there may be nothing.
local function parse(text)
  local kind, of = match(text, "^(%a+)<(.*)>$")
  if kind == "optional" then
    local inner = parse(of)
    inner.optional = true
    return inner
  end
  return {kind = kind or text, of = of and parse(kind == "map" and sub(of, #"string," + 1) or of)}
end

local function line()
  return read(input, "l")
end

local function text()
  local size = tointeger(line())
  return sub(read(input, size + 1), 1, size)
end

-- Reads a value of the type, with `nothing` for an optional that has none.
local function value(of, nothing)
  local kind = of.kind
  if of.optional and line() == "0" then
    return nothing
  elseif kind == "int" then
    return tointeger(tonumber(line()))
  elseif kind == "float" then
    return tonumber(line()) + 0.0
  elseif kind == "bool" then
    return line() == "1"
  elseif kind == "string" then
    return text()
  end
  local found = {}
  for index = 1, tointeger(tonumber(line())) do
    local key = kind == "map" and text() or index
    found[key] = value(of.of, null)
  end
  return found
end

-- --- the answer, as JSON

local out, path = {}, {}    -- the parts of the text; the keys that lead to the value at hand, as they are written

local function refused(message)
  error(setmetatable({message = message}, {__name = "refused"}), 0)
end

local function place()
  return #path > 0 and "value[" .. concat(path, "][") .. "]" or "value"
end

local function put(part)
  out[#out + 1] = part
end

-- Bytes that are no UTF-8 become U+FFFD.
local function valid(bytes)
  local parts, from = {}, 1
  while true do
    local _, bad = utf8len(bytes, from)
    if not bad then
      return concat(parts) .. sub(bytes, from)
    end
    parts[#parts + 1] = sub(bytes, from, bad - 1) .. "\u{FFFD}"
    from = bad + 1
  end
end

local function quoted(bytes)
  if not utf8len(bytes) then
    bytes = valid(bytes)
  end
  return '"' .. gsub(bytes, '[%c"\\]', ESCAPES) .. '"'
end

local function number(found)
  if mathtype(found) == "integer" then
    return format("%d", found)
  elseif found ~= found then
    refused(place() .. " is nan, not a finite number")
  elseif found == huge or found == -huge then
    refused(place() .. (found > 0 and " is inf" or " is -inf") .. ", not a finite number")
  end
  local digits = format("%.17g", found)
  return find(digits, "[.e]") and digits or digits .. ".0"
end

local json

local function list(found, size, of)
  put("[")
  local depth = #path + 1
  for index = 1, size do
    local item = rawget(found, index)
    path[depth] = index - 1
    if item == nil then
      local hint = of and of.optional and "; null stands for nothing in a list" or ""
      refused(place() .. " is nil, which leaves a gap in the list" .. hint)
    end
    if index > 1 then
      put(",")
    end
    json(item, of)
  end
  path[depth] = nil
  put("]")
end

local function map(found, of, declared)
  put("{")
  local depth, separator = #path + 1, ""
  for key, item in next, found do
    if type(key) ~= "string" then
      path[depth] = nil
      if declared == "list" then
        refused(place() .. " is a table with other keys than 1, 2, 3 and so on, which no list has")
      end
      local kind = mathtype(key) or type(key)
      refused(place() .. " has a key that is " .. (kind == "integer" and "an " or "a ") .. kind .. ", not a string")
    end
    local name = quoted(key)
    path[depth] = name
    put(separator .. name .. ":")
    json(item, of)
    separator = ","
  end
  path[depth] = nil
  put("}")
end

-- Appends a value to `out`. What an empty table is, its declared type says.
function json(found, of)
  local kind = type(found)
  if kind == "string" then
    put(quoted(found))
  elseif kind == "number" then
    put(number(found))
  elseif kind == "boolean" then
    put(tostring(found))
  elseif found == nil or rawequal(found, null) then
    put("null")
  elseif kind ~= "table" then
    refused(place() .. " is a " .. kind .. ", which no answer has")
  elseif #path >= DEPTH then
    refused("value nests deeper than " .. DEPTH .. " levels, or contains itself")
  else
    local last, listed = 0, true
    for key in next, found do
      if mathtype(key) ~= "integer" or key < 1 then
        listed = false
        break
      elseif key > last then
        last = key
      end
    end
    if listed and not (of and of.kind == "map") then
      list(found, last, of and of.of)
    else
      map(found, of and of.of, of and of.kind)
    end
  end
end

-- --- one call

local function answer(words)
  write(output, words)
  flush(output)
  -- Finalizers of the player's code have nothing to add.
  exit(true, false)
end

local function refuse(verdict, message)
  answer('{"verdict":"' .. verdict .. '","message":' .. quoted(sub(message, 1, MESSAGE)) .. "}")
end

local name, called    -- the name of the player's function, and the function

-- An error's message, and where in the player's file it came from.
local function traced(thrown)
  local good, message = pcall(tostring, thrown)
  local lines = {good and sub(message, 1, MESSAGE // 2) or "an error without a message"}
  local level = 2
  local info = getinfo(level, "Slnf")
  while info and #lines <= FRAMES do
    if info.short_src == FILE and info.currentline > 0 then
      local known = info.func == called and name or info.name
      local within = info.what == "main" and "the file" or known and "'" .. known .. "'" or "a function"
      lines[#lines + 1] = "\n  " .. FILE .. ":" .. info.currentline .. ":in " .. within
    end
    level = level + 1
    info = getinfo(level, "Slnf")
  end
  return concat(lines)
end

-- What the call returns; when it fails, that is the answer, and the end.
local function attempt(run, ...)
  local good, result = xpcall(run, traced, ...)
  if good then
    return result
  elseif result == NO_MEMORY then
    refuse("memory_limit", "The program ran out of memory.")
  else
    refuse("runtime_error", result)
  end
end

name = line()
local returns, types = parse(line()), line()
local code = text()
local args, count = {}, 0
for declared in string.gmatch(types, "%S+") do
  count = count + 1
  args[count] = value(parse(declared), nil)
end

_G.null = null
_G.arg = nil
io.output(console)
io.stdout = console
function print(...)
  local parts = {...}
  for index = 1, select("#", ...) do
    parts[index] = tostring(parts[index])
  end
  write(console, concat(parts, "\t") .. "\n")
end

local program, problem = load(code, "@" .. FILE, "t")
if not program then
  refuse("compile_error", problem)
end
attempt(program)
called = rawget(_G, name)
if type(called) ~= "function" then
  refuse("runtime_error", "The program defines no function " .. name .. ".")
end
local result = attempt(called, unpack(args, 1, count))
put('{"value":')
local good, problem = pcall(json, result, returns)
if good then
  put("}")
  answer(concat(out))
elseif type(problem) == "table" then
  refuse("wrong_answer", problem.message)
elseif problem == NO_MEMORY then
  refuse("memory_limit", "The program ran out of memory.")
else
  refuse("runtime_error", tostring(problem))
end
