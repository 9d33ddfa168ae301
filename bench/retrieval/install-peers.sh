#!/bin/sh
# Installs the peers of the vector bench below PEERS_ROOT (about 700 MB). Safe to run again.
set -eu
root=${PEERS_ROOT:-${TMPDIR:-/tmp}/llmops-peers}
mkdir -p "$root/venvs"
python_peer() {
  venv=$1
  shift
  [ -d "$root/venvs/$venv" ] || python3 -m venv "$root/venvs/$venv"
  "$root/venvs/$venv/bin/pip" install --quiet --disable-pip-version-check "$@"
}
python_peer chroma chromadb
python_peer vecs lancedb numpy
