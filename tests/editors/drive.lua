-- Uses Neovim as a person would, and writes down what was seen.
-- nvim --headless --clean -S the-set-up.lua -S drive.lua, where FLOW_PLAN names a file.
local plan = vim.fn.json_decode(vim.fn.readfile(vim.env.FLOW_PLAN))
local seen = {}

local function wait(what, condition)
  assert(vim.wait(plan.seconds * 1000, condition, 10), 'waited in vain for ' .. what)
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false), '\n') .. '\n'
end

local function changes(what, act)
  local before = text()
  act()
  wait(what, function() return text() ~= before end)
end

local function go(words) -- to the last letter of the first place of these words
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search('\\V' .. words, 'ceW') > 0, 'nowhere: ' .. words)
end

local function findings()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, each.message)
  end
  return found
end

local function until_findings(count)
  wait(count .. ' findings', function() return #findings() == count end)
  return findings()
end

local function attached()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = 0 })
  for _, client in pairs(clients) do
    if vim.lsp.buf_is_attached(0, client.id) and client.initialized ~= false then return client end
  end
end

local function position()
  local client = attached()
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

local function choose_first_with(words)
  vim.ui.select = function(items, options, chosen)
    for number, item in ipairs(items) do
      if options.format_item(item):find(words, 1, true) then return chosen(item, number) end
    end
    error('no such choice: ' .. words)
  end
end

local function windows()
  return #vim.api.nvim_list_wins()
end

local steps = {
  function() -- open, see what is wrong, and let it be mended
    vim.cmd('edit ' .. vim.fn.fnameescape(plan.file))
    wait('the server', attached)
    seen.filetype = vim.bo.filetype
    seen.wrong = until_findings(1)
    go(plan.wrong)
    choose_first_with(plan.fix)
    changes('the fix', function() vim.lsp.buf.code_action() end)
    seen.fixed = text()
    until_findings(0)
  end,
  function() -- edit, and undo it
    go(plan.edited)
    vim.o.undolevels = vim.o.undolevels -- what follows is undone alone
    vim.cmd('normal! ax')
    seen.edited = until_findings(1)
    vim.cmd('silent undo')
    until_findings(0)
    seen.undone = text()
  end,
  function()
    go(plan.complete)
    local place = position()
    place.position.character = place.position.character + 1
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', place, plan.seconds * 1000)
    seen.completed = {}
    for _, answer in pairs(answers) do
      for _, item in ipairs(answer.result.items or answer.result) do
        table.insert(seen.completed, item.label)
      end
    end
  end,
  function()
    go(plan.component)
    local before = windows()
    vim.lsp.buf.hover()
    wait('hover', function() return windows() > before end)
    vim.lsp.buf.hover() -- goes into the window
    wait('the window', function() return vim.api.nvim_win_get_config(0).relative ~= '' end)
    seen.hover = text()
    vim.cmd('close')
  end,
  function()
    go(plan.component)
    local here = vim.api.nvim_get_current_buf()
    vim.lsp.buf.definition()
    wait('the definition', function() return vim.api.nvim_get_current_buf() ~= here end)
    seen.definition = {
      vim.fn.expand('%:t'),
      vim.api.nvim_win_get_cursor(0)[1],
    }
    wait('the server there', attached)
    vim.cmd('buffer ' .. here)
  end,
  function()
    changes('the format', function()
      if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync() end
    end)
    seen.formatted = text()
  end,
  function()
    go(plan.port)
    changes('the new name', function() vim.lsp.buf.rename(plan.name) end)
    seen.renamed = { text(), text(vim.fn.bufnr(plan.library)) }
  end,
}

local fine, problem = pcall(function()
  for _, step in ipairs(steps) do step() end
end)
seen.problem = not fine and tostring(problem) or nil
vim.fn.writefile({ vim.fn.json_encode(seen) }, plan.report)
vim.cmd('qall!')
