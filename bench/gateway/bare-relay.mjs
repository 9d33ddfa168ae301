// The least that a gateway on Node can be: it passes bodies on and checks, prices and records nothing. What it costs is
// Node's share of what ours costs.
// node bare-relay.mjs '{"port", "upstreamPort"}'
import http from 'node:http';
import { Pool } from 'undici';

const { port, upstreamPort } = JSON.parse(process.argv[2]);
const pool = new Pool(`http://127.0.0.1:${upstreamPort}`, { connections: 256, pipelining: 1 });
const headers = { 'content-type': 'application/json' };

const server = http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const { method, url: path } = request;
    const body = method === 'POST' ? Buffer.concat(pieces) : null;
    pool.dispatch({ method, path, headers, body }, answerTo(response));
  });
});
server.listen(port, '127.0.0.1');

const answerTo = (response) => ({
  onRequestStart() {},
  onResponseStart(_controller, status, { 'content-type': type, 'content-length': length }) {
    response.writeHead(status, { 'content-type': type, ...(length ? { 'content-length': length } : {}) });
  },
  onResponseData(_controller, piece) {
    response.write(piece);
  },
  onResponseEnd() {
    response.end();
  },
  onResponseError(_controller, error) {
    response.destroy(error);
  },
});
