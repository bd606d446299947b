"""``python -m flow_lsp``: the language server over standard input and output."""

from flow_lsp.server import start

start()
