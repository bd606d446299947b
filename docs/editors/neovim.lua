-- Flow in Neovim 0.11 and later: save this as ~/.config/nvim/plugin/flow.lua.
vim.filetype.add({
  pattern = {
    ['.*%.flow%.ya?ml'] = 'yaml.flow',
    ['.*%.flowtest%.ya?ml'] = 'yaml.flow',
    ['.*%.flow%.json'] = 'json.flow',
  },
})

vim.lsp.config('flow_pipelines', {
  cmd = { 'flow', 'lsp' },
  filetypes = { 'yaml.flow', 'json.flow' },
  root_markers = { 'flow.toml', '.git' },
})
vim.lsp.enable('flow_pipelines')
