# VENV/bin/python peer.py docling|docling-rs FILE...  -> one line of JSON: what each file became and what it cost.
import json
import os
import resource
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
started = time.perf_counter()
if sys.argv[1] == "docling":
    from docling.document_converter import DocumentConverter
else:
    from docling_rs import DocumentConverter
converter = DocumentConverter()
start_ms = (time.perf_counter() - started) * 1000
files = []
for path in sys.argv[2:]:
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        result = {"path": path, "markdown": converter.convert(path).document.export_to_markdown()}
    except Exception as error:
        result = {"path": path, "error": f"{type(error).__name__}: {error}"[:200]}
    files.append({**result, "wallMs": (time.perf_counter() - wall) * 1000, "cpuMs": (time.process_time() - cpu) * 1000})
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
sys.stdout.reconfigure(encoding="utf-8", errors="replace")
print("\n" + json.dumps({"startMs": start_ms, "maxRssMb": rss, "files": files}))
