"""Clustered vectors of 384 dimensions, 200 queries, cosine; one engine a run, one client, one query at a time.

peer-vectors.py data|chroma|lancedb DIR --n N: `data` writes what the others and ours read. Prints one line of JSON.
"""

import json
import os
import shutil
import sys
import time

import numpy as np

engine, folder = sys.argv[1:3]
count = int(sys.argv[sys.argv.index("--n") + 1])
DIMENSIONS, QUERIES, K, CLUSTERS = 384, 200, 10, 200


def vectors():
    random = np.random.default_rng(7)
    centres = random.standard_normal((CLUSTERS, DIMENSIONS)).astype("f4")

    def near(labels):
        found = centres[labels] + 0.9 * random.standard_normal((len(labels), DIMENSIONS)).astype("f4")
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype("f4")

    return near(random.integers(0, CLUSTERS, count)), near(random.integers(0, CLUSTERS, QUERIES))


stored, queries = vectors()
tenth = np.arange(count) % 100
if engine == "data":
    stored.tofile(os.path.join(folder, "stored.f32"))
    queries.tofile(os.path.join(folder, "queries.f32"))
    print("{}")
    sys.exit()

root = os.path.join(folder, engine)
shutil.rmtree(root, ignore_errors=True)
os.makedirs(root)
begin = time.perf_counter()
if engine == "chroma":
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(root, Settings(anonymized_telemetry=False))
    space = {"hnsw:space": "cosine", "hnsw:search_ef": 100, "hnsw:construction_ef": 64}
    collection = client.create_collection("vectors", metadata=space)
    for at in range(0, count, 2000):
        part = slice(at, min(count, at + 2000))
        ids = [str(i) for i in range(part.start, part.stop)]
        collection.add(ids=ids, embeddings=stored[part], metadatas=[{"ten": int(x)} for x in tenth[part]])
    version = chromadb.__version__

    def search(query, filtered):
        where = {"where": {"ten": 3}} if filtered else {}
        return [int(i) for i in collection.query(query_embeddings=[query], n_results=K, include=[], **where)["ids"][0]]
else:
    import lancedb
    import pyarrow as pa

    database = lancedb.connect(root)
    column = pa.FixedSizeListArray.from_arrays(stored.ravel(), DIMENSIONS)
    table = database.create_table("vectors", pa.table({"id": np.arange(count), "ten": tenth, "vector": column}))
    table.create_index(metric="cosine", index_type="IVF_HNSW_SQ", num_partitions=1)
    version = lancedb.__version__

    def search(query, filtered):
        asked = table.search(query).distance_type("cosine").limit(K).ef(100).select(["id"])
        return [row["id"] for row in (asked.where("ten = 3", prefilter=True) if filtered else asked).to_list()]


loaded = time.perf_counter() - begin


def measure(filtered):
    scores = queries @ stored.T
    wanted = np.argsort(-(np.where(tenth[None] == 3, scores, -9) if filtered else scores), axis=1)[:, :K]
    for query in queries[:10]:
        search(query, filtered)
    times, hits, returned = [], 0, 0
    for query, right in zip(queries, wanted):
        start = time.perf_counter()
        found = search(query, filtered)
        times.append(1000 * (time.perf_counter() - start))
        hits += len(set(found) & set(right.tolist()))
        returned += len(found)
    times.sort()
    return {
        "recall": hits / (QUERIES * K),
        "returned": returned / QUERIES,
        "p50Ms": times[QUERIES // 2],
        "p95Ms": times[int(QUERIES * 0.95)],
    }


print(json.dumps({"version": version, "loadS": loaded, "plain": measure(False), "one": measure(True)}))
