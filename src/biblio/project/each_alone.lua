-- Sets each item of a bibliography by itself: no item's form then depends on its neighbours (numbers, years with
-- letters, dashes for repeated authors), and the items come back in the order in which they were given.
-- In: the metadata « items » (CSL-JSON), « csl » (the style as a data address), « lang ». Out: one block an item.
function Pandoc(document)
  local meta = document.meta
  local references = pandoc.read(meta.items, "csljson").meta.references or {}
  local all = pandoc.MetaInlines {pandoc.Cite({}, {pandoc.Citation("*", "NormalCitation")})}
  local blocks = {}
  for _, reference in ipairs(references) do
    local alone = pandoc.Pandoc({}, {references = {reference}, nocite = all, csl = meta.csl, lang = meta.lang})
    table.insert(blocks, pandoc.Div(pandoc.utils.citeproc(alone).blocks))
  end
  return pandoc.Pandoc(blocks)
end
