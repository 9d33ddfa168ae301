#!/bin/sh
# Installs the peers of the parsing bench below PEERS_ROOT (2 GB, mostly torch). Safe to run again.
set -eu
root=${PEERS_ROOT:-${TMPDIR:-/tmp}/llmops-peers}
mkdir -p "$root/venvs"

python_peer() {
  name=$1
  shift
  [ -d "$root/venvs/$name" ] || python3 -m venv "$root/venvs/$name"
  "$root/venvs/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
}
python_peer doclingrs docling-rs==2.52.7
# torch first and held: without a version pip takes the largest of its builds.
python_peer docling torch==2.13.0
echo torch==2.13.0 > "$root/torch.txt"
PIP_CONSTRAINT="$root/torch.txt" python_peer docling docling==2.143.0 odfdo==3.27.3
