"""Collections for the reranker's experiments, from the public data sets: DATA/{scifact,xquad,nats-docs} -> OUT/NAME/collection.json

documents: {id, title, headings, text}; queries: {id, text}; relevant: per query the positions of its documents; language.
The NATS queries are headings, each for the section below it, whose text has the heading removed.
"""

import ast
import collections
import csv
import gzip
import json
import pathlib
import re
import sys

data, out = map(pathlib.Path, sys.argv[1:3])
csv.field_size_limit(10**9)


def write(name, documents, queries, relevant, language="en"):
    at = {document["id"]: position for position, document in enumerate(documents)}
    (out / name).mkdir(parents=True, exist_ok=True)
    found = [sorted(at[each] for each in relevant[query["id"]]) for query in queries]
    collection = {"language": language, "documents": documents, "queries": queries, "relevant": found}
    (out / name / "collection.json").write_text(json.dumps(collection))
    print(name, len(documents), "documents", len(queries), "queries")


def scifact():
    literal = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.S)
    documents, claims, cited = [], {}, collections.defaultdict(set)
    with gzip.open(data / "scifact/corpus_train.csv.gz", "rt", encoding="utf8") as lines:
        for row in csv.DictReader(lines):
            sentences = [ast.literal_eval(each.replace("\n", "\\n")) for each in literal.findall(row["abstract"])]
            documents.append({"id": row["doc_id"], "title": row["title"], "headings": [], "text": " ".join(sentences)})
    with open(data / "scifact/claims_train.csv", encoding="utf8") as lines:
        for row in csv.DictReader(lines):
            claims[row["id"]] = row["claim"]
            cited[row["id"]].update(re.findall(r"\d+", row["cited_doc_ids"]))
    write("scifact", documents, [{"id": key, "text": text} for key, text in claims.items()], cited)


def xquad(name, language):
    documents, queries, relevant = [], [], {}
    for article in json.loads((data / f"xquad/xquad.{language}.json").read_text())["data"]:
        for paragraph in article["paragraphs"]:
            key = f"p{len(documents)}"
            documents.append({"id": key, "title": "", "headings": [], "text": paragraph["context"]})
            for question in paragraph["qas"]:
                queries.append({"id": question["id"], "text": question["question"]})
                relevant[question["id"]] = [key]
    write(name, documents, queries, relevant, language)


def plain(text):
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"\{%.*?%\}", " ", text)).strip()


def sections(text):
    """(heading path, body) of each heading of a Markdown text."""
    path, body, fenced = [], [], False
    for line in text.split("\n"):
        fenced ^= bool(re.match(r"\s*(```|~~~)", line))
        heading = None if fenced else re.match(r"(#{1,4})\s+(.*?)\s*#*$", line)
        if not heading:
            body.append(line)
            continue
        if path:
            yield [name for _, name in path], "\n".join(body)
        depth = len(heading[1])
        path = [each for each in path if each[0] < depth] + [(depth, re.sub(r"[`*]", "", plain(heading[2])))]
        body = []
    if path:
        yield [name for _, name in path], "\n".join(body)


def nats():
    documents, asked = [], []
    for file in sorted((data / "nats-docs").rglob("*.md")):
        where = file.relative_to(data / "nats-docs")
        if where.parts[0] == "zh-cn" or where.name in ("SUMMARY.md", "SOURCE.md", "FEEDBACK.md"):
            continue
        for path, body in sections(file.read_text(encoding="utf8")):
            words = plain(body).split()
            if len(words) < 25:
                continue
            above = path[:-1]
            document = {"id": f"s{len(documents)}", "title": above[0] if above else "", "headings": above[1:]}
            documents.append(document | {"text": " ".join(words[:400])})
            # A release's number is no question.
            asked.append(None if where.parts[0] in ("legacy", "release_notes") else path[-1])
    counts = collections.Counter(heading.lower() for heading in asked if heading)
    pairs = [
        (document["id"], heading)
        for document, heading in zip(documents, asked)
        if heading and counts[heading.lower()] == 1 and len(heading.split()) >= 2
    ]
    write("nats", documents, [{"id": key, "text": text} for key, text in pairs], {key: [key] for key, _ in pairs})


scifact()
xquad("xquad", "en")
for language in ("es", "zh", "ar"):
    xquad(f"xquad-{language}", language)
nats()
