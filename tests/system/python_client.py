"""Drives the platform with the official client and prints what worked, as one JSON object."""
import json

import openai
from pydantic import BaseModel

CHAT, EMBEDDING = "smollm2-135m-instruct", "all-minilm-l6-v2"
HELLO = [{"role": "user", "content": "Say hello."}]
client = openai.OpenAI(max_retries=0)
report = {}

report["models"] = {CHAT, EMBEDDING} <= {model.id for model in client.models.list()}

answer = client.chat.completions.create(model=CHAT, messages=HELLO, max_tokens=16)
report["chat"] = bool(answer.choices[0].message.content) and answer.usage.total_tokens > 0

chunks = list(
    client.chat.completions.create(
        model=CHAT, messages=HELLO, max_tokens=16, stream=True, stream_options={"include_usage": True}
    )
)
report["stream"] = sum(bool(c.choices and c.choices[0].delta.content) for c in chunks) > 1
report["usage"] = chunks[-1].usage.completion_tokens > 1


class Person(BaseModel):
    name: str
    age: int


parsed = client.chat.completions.parse(
    model=CHAT, messages=[{"role": "user", "content": "Bob is 42."}], response_format=Person, max_tokens=100
)
report["structured"] = isinstance(parsed.choices[0].message.parsed, Person)

report["embedding"] = len(client.embeddings.create(model=EMBEDDING, input="hello").data[0].embedding)

try:
    openai.OpenAI(api_key="llmk_wrong", max_retries=0).models.list()
except openai.AuthenticationError:
    report["authentication"] = True
try:
    client.chat.completions.create(model="nope", messages=HELLO)
except openai.NotFoundError:
    report["not_found"] = True
try:
    client.chat.completions.create(model=CHAT, messages=HELLO, temperature=9)
except openai.BadRequestError as error:
    report["bad_request"] = error.param

print(json.dumps(report))
