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

-- A zero-width space would stay in copied text; an empty gap breaks as well and leaves nothing.
local function escape(text)
  local escaped = text:gsub(punctuation, "\\%0"):gsub("\u{200b}", "#h(0.01pt);")
  return escaped
end

-- Words need no escape, with a comma or a full stop neither, unless they are a number: "1." would
-- begin a list.
function Str(el)
  local text = el.text
  if text:find("^[%w\128-\255]+[,.]?$") and not text:find("^%d+%.$")
    and not text:find("\u{200b}", 1, true) then
    return nil
  end
  return raw(escape(text))
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

-- A term stays on the page of its explanation.
function DefinitionList(el)
  for _, item in ipairs(el.content) do
    item[1]:insert(1, raw("#term["))
    item[1]:insert(raw("]"))
  end
  return el
end

-- Blocks that came from a plain div: text of its own becomes a paragraph.
local function paragraphs(blocks)
  return blocks:map(function(block)
    return block.t == "Plain" and pandoc.Para(block.content) or block
  end)
end

function Div(el)
  local opening = el.attributes["typst"]
  if not opening then
    return paragraphs(el.content)
  end
  local closing = el.attributes["typst-end"] or ""
  local content = el.content
  if #content == 1 and (content[1].t == "Plain" or content[1].t == "Para") then
    local line = content[1].content
    line:insert(1, raw(opening))
    line:insert(raw(closing))
    return content[1].t == "Plain" and pandoc.Plain(line) or pandoc.Para(line)
  end
  content:insert(1, pandoc.RawBlock("typst", opening))
  content:insert(pandoc.RawBlock("typst", closing))
  return content
end
