-- From prepared HTML to Typst: elements with data-typst become that code around their content,
-- all other text is escaped so that Typst reads none of it as its own.

local punctuation = "[!\"#$%%&'()*+,%-./:;<=>?@%[\\%]^_`{|}~]"

local function raw(code)
  return pandoc.RawInline("typst", code)
end

local function string_of(text)
  local escaped = text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", "\\n")
  return '"' .. escaped .. '"'
end

function Str(el)
  if el.text:find(punctuation) then
    return raw((el.text:gsub(punctuation, "\\%0")))
  end
end

function Code(el)
  return raw("#raw(" .. string_of(el.text) .. ");")
end

function CodeBlock(el)
  return pandoc.RawBlock("typst", "#raw(block: true, " .. string_of(el.text) .. ")")
end

-- pandoc would turn formulas into Typst's, which need an alternative text: their source is kept.
function Math(el)
  return raw("#raw(" .. string_of(el.text) .. ");")
end

function Span(el)
  local opening = el.attributes["typst"]
  if not opening then
    return el.content
  end
  el.content:insert(1, raw(opening))
  el.content:insert(raw(el.attributes["typst-end"] or ""))
  return el.content
end

function Div(el)
  local opening = el.attributes["typst"]
  if not opening then
    return el.content
  end
  local closing = el.attributes["typst-end"] or ""
  local content = el.content
  if #content == 1 and (content[1].t == "Plain" or content[1].t == "Para") then
    local line = content[1].content
    line:insert(1, raw(opening))
    line:insert(raw(closing))
    return pandoc.Plain(line)
  end
  content:insert(1, pandoc.RawBlock("typst", opening))
  content:insert(pandoc.RawBlock("typst", closing))
  return content
end
