-- Flow in Neovim 0.7 to 0.10: save this as ~/.config/nvim/plugin/flow.lua.
local server = { name = 'flow_pipelines', cmd = { 'flow', 'lsp' } }

local function attach(event)
  local folder = vim.fn.fnamemodify(event.file, ':p:h')
  local marker = vim.fn.findfile('flow.toml', folder .. ';')
  local root = marker ~= '' and vim.fn.fnamemodify(marker, ':p:h') or folder
  local config = vim.tbl_extend('error', server, { root_dir = root })
  if vim.lsp.start then -- 0.8 and later
    vim.lsp.start(config)
    return
  end
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == config.name and client.config.root_dir == root then
      vim.lsp.buf_attach_client(event.buf, client.id)
      return
    end
  end
  vim.lsp.buf_attach_client(event.buf, vim.lsp.start_client(config))
end

local group = vim.api.nvim_create_augroup('flow_pipelines', {})
local function on(events, pattern, callback)
  vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
end

local yaml = { '*.flow.yaml', '*.flow.yml', '*.flowtest.yaml', '*.flowtest.yml' }
on({ 'BufRead', 'BufNewFile' }, yaml, function() vim.bo.filetype = 'yaml.flow' end)
on({ 'BufRead', 'BufNewFile' }, '*.flow.json', function() vim.bo.filetype = 'json.flow' end)
on('FileType', { 'yaml.flow', 'json.flow' }, attach)
