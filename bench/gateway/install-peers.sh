#!/bin/sh
# Installs the peers of the gateway bench below PEERS_ROOT (800 MB, a minute or two). Safe to run again.
# LiteLLM 1.82.7 and 1.82.8 were published with malicious code: never pin those.
set -eu
root=${PEERS_ROOT:-${TMPDIR:-/tmp}/llmops-peers}
mkdir -p "$root/npm/portkey" "$root/venvs"

# With the @hono/node-server that npm would pick, Portkey answers every streaming request with 500.
cat > "$root/npm/portkey/package.json" <<'JSON'
{
  "private": true,
  "dependencies": { "@portkey-ai/gateway": "1.15.2" },
  "overrides": { "@hono/node-server": "1.13.8" }
}
JSON
(cd "$root/npm/portkey" && npm install --ignore-scripts --no-audit --no-fund)

python_peer() {
  [ -d "$root/venvs/$1" ] || python3 -m venv "$root/venvs/$1"
  "$root/venvs/$1/bin/pip" install --quiet --disable-pip-version-check "$2"
}
python_peer tensorzero 'tensorzero==2026.6.0'
python_peer litellm 'litellm[proxy]==1.108.7'
