// Makes the demo knowledge base, as `npm start` does on one machine. Run again it sends nothing twice.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const displayName = 'NATS documentation';
const folder = '/demo';
const { apiKey, projectId } = JSON.parse(readFileSync('/credentials/credentials.json', 'utf8'));
const knowledgeBases = `http://gateway:7070/api/v1/projects/${projectId}/knowledgeBases`;

async function call(method, url, type, body) {
  const headers = { authorization: `Bearer ${apiKey}`, ...(type && { 'content-type': type }) };
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

async function findOrMake() {
  const { knowledgeBases: known = [] } = await call('GET', `${knowledgeBases}?pageSize=200`);
  const ours = known.find((one) => one.displayName === displayName);
  if (ours) return ours.id;
  const description = 'A part of the NATS documentation, to try out answers with citations.';
  return (await call('POST', knowledgeBases, 'application/json', JSON.stringify({ displayName, description }))).id;
}

const id = await findOrMake();
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
for (const { parentPath, name } of files) {
  const path = join(parentPath, name);
  const uri = path.slice(folder.length + 1);
  const query = new URLSearchParams({ displayName: uri, uri });
  const upload = `${knowledgeBases}/${id}/documents:upload?${query}`;
  await call('POST', upload, 'application/octet-stream', readFileSync(path));
}
for (let left = 1; left > 0; ) {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { documents } = await call('GET', `${knowledgeBases}/${id}`);
  left = Number(documents.pending ?? 0);
  console.log(`${displayName} (${id}): ${documents.indexed ?? 0} of ${documents.total} documents indexed`);
  if (Number(documents.failed ?? 0) > 0) throw new Error(`${documents.failed} documents failed: look into ${id}`);
}
