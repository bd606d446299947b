#!/usr/bin/env bash
# Makes a folder with the real VS Code for tests: code-server and playwright-core, from the npm
# registry alone. Usage: install.sh DIR. Debian's packages that it needs first:
#   chromium ripgrep gcc g++ make pkg-config libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev
set -euo pipefail

folder=${1:?the folder to make}
version=4.100.3 # VS Code 1.100.3, the last line that runs on Node 20
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || echo '{"private": true}' >package.json

# No install scripts: code-server's own would fetch from elsewhere. What has to be compiled is.
npm install --ignore-scripts --no-audit --no-fund "code-server@$version" playwright-core
npm rebuild argon2
vscode=$PWD/node_modules/code-server/lib/vscode
cd "$vscode"
npm install --ignore-scripts --omit=dev --no-audit --no-fund
search=node_modules/@vscode/ripgrep/bin # a download fills it, if nothing is there
mkdir -p "$search"
ln -sf "$(command -v rg)" "$search/rg"
npm rebuild --yes
ln -sfn node_modules node_modules.asar
cd extensions
npm install --ignore-scripts --omit=dev --no-audit --no-fund
echo "export FLOW_CODE_SERVER=$folder"
