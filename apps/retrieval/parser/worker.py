"""Reads documents one after the other. Frames on stdin and stdout: four bytes of length, then JSON or bytes.

A request is {op, path, …}; its answer {ok, …} and, for a rendered page, one more frame with the picture.
"""

import gc
import json
import os
import struct
import sys
import traceback

import confine

# Whatever a library prints must not end up between frames.
OUTPUT = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)


def read_frame():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        sys.exit(0)
    return json.loads(sys.stdin.buffer.read(struct.unpack(">I", head)[0]))


def write_frame(data):
    OUTPUT.write(struct.pack(">I", len(data)))
    OUTPUT.write(data)
    OUTPUT.flush()


def answer(request):
    from failure import Failure

    frames = []
    try:
        confine.limit_cpu(request["cpuSeconds"])
        if request["op"] == "render":
            from pdf_render import render_page

            frames.append(render_page(request["path"], request["page"], request["width"]))
            reply = {"ok": True}
        else:
            from read_document import read_document

            reply = {"ok": True, "document": read_document(request)}
    except Failure as failure:
        reply = {"ok": False, "code": failure.code, "reason": failure.reason}
    except MemoryError:
        reply = {"ok": False, "code": "out_of_memory", "reason": "Reading the file took more memory than a document may use."}
    except RecursionError:
        reply = {"ok": False, "code": "corrupt", "reason": "The file is nested too deeply to be read."}
    except Exception:  # A reader's own mistake: the document fails, and stderr tells us where.
        traceback.print_exc()
        reply = {"ok": False, "code": "crashed", "reason": "The file made its reader fail: it is damaged or very unusual."}
    body = json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > request["maxOutputBytes"]:
        limit = request["maxOutputBytes"] // 1_000_000
        reply = {"ok": False, "code": "too_large", "reason": f"The text of the file is larger than {limit} MB."}
        body = json.dumps(reply).encode()
    return [body, *frames]


def main():
    confine.go_first()
    limits = read_frame()
    confine.limit_memory(limits["memoryBytes"])
    # The libraries are loaded before the door closes, and once for all documents.
    import docling_native  # noqa: F401
    import pdf_render  # noqa: F401
    import read_document  # noqa: F401

    write_frame(json.dumps({"ready": True, "confined": confine.deny_network_and_programs()}).encode())
    while True:
        for frame in answer(read_frame()):
            write_frame(frame)
        gc.collect()


main()
