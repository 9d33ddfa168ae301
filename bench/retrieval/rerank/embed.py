"""Vectors of a collection, as the platform's onnx engine makes them: MODEL_DIR/{model.onnx,tokenizer.json} OUT/NAME EMBEDDER MAX_TOKENS

Writes EMBEDDER.documents.f32 and EMBEDDER.queries.f32, rows of 384. Needs numpy, tokenizers, onnxruntime. One thread.
multilingual-e5 asks for --query 'query: ' --passage 'passage: ' --pad 1.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

parser = argparse.ArgumentParser()
parser.add_argument("model", type=pathlib.Path)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("embedder")
parser.add_argument("max_tokens", type=int)
parser.add_argument("--query", default="")
parser.add_argument("--passage", default="")
parser.add_argument("--pad", type=int, default=0)
args = parser.parse_args()

tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(args.max_tokens)
options = ort.SessionOptions()
options.intra_op_num_threads = 1
session = ort.InferenceSession(str(args.model / "model.onnx"), options)
inputs = [each.name for each in session.get_inputs()]


def embed(texts, batch=8):
    ids = [each.ids for each in tokenizer.encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda at: -len(ids[at]))
    out = np.zeros((len(ids), 384), np.float32)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        tokens = np.full((len(rows), len(ids[rows[0]])), args.pad, np.int64)
        mask = np.zeros_like(tokens)
        for row, at in enumerate(rows):
            tokens[row, : len(ids[at])] = ids[at]
            mask[row, : len(ids[at])] = 1
        feeds = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        hidden = session.run(None, {name: feeds[name] for name in inputs})[0]
        if hidden.ndim == 3:
            hidden = (hidden * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        out[rows] = hidden / np.linalg.norm(hidden, axis=1, keepdims=True)
    return out


collection = json.loads((args.folder / "collection.json").read_text())
passages = [
    args.passage + "\n".join(part for part in (each["title"], *each["headings"], each["text"]) if part)
    for each in collection["documents"]
]
embed(passages).tofile(args.folder / f"{args.embedder}.documents.f32")
embed([args.query + each["text"] for each in collection["queries"]]).tofile(args.folder / f"{args.embedder}.queries.f32")
