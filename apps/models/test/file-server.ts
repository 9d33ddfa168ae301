import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ServedFile {
  bytes: Buffer;
  /** Connections are cut after so many bytes, this many times. */
  cutAfter?: number;
  cuts?: number;
  /** Answers whole, whatever range was asked for. */
  noRange?: boolean;
  /** Status instead of the file, this many times. */
  refuse?: { status: number; times: number };
  redirectTo?: string;
  /** The answer stops here and stays open, until told otherwise. */
  hangAfter?: number | undefined;
}

export interface FileServer {
  url: string;
  files: Map<string, ServedFile>;
  /** `path` and Range of every request. */
  requests: { path: string; range: string | undefined }[];
  stop(): Promise<void>;
}

/** A real HTTP server that behaves as badly as each file asks it to. */
export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, ServedFile>();
  const requests: FileServer['requests'] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, range: request.headers.range });
    const file = files.get(path);
    if (file) serve(file, request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(file: ServedFile, request: IncomingMessage, response: ServerResponse): void {
  if (file.redirectTo) {
    response.writeHead(302, { location: file.redirectTo }).end();
    return;
  }
  if (file.refuse && file.refuse.times > 0) {
    file.refuse.times -= 1;
    response.writeHead(file.refuse.status).end();
    return;
  }
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const start = file.noRange || asked === undefined ? 0 : Number(asked);
  const body = file.bytes.subarray(start);
  const total = file.bytes.length;
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': body.length,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${total - 1}/${total}` } : {}),
  });
  if (file.hangAfter !== undefined) {
    response.write(body.subarray(0, Math.max(0, file.hangAfter - start)));
  } else if (file.cutAfter !== undefined && (file.cuts ?? 0) > 0) {
    file.cuts! -= 1;
    response.write(body.subarray(0, file.cutAfter), () => setTimeout(() => response.destroy(), 200));
  } else {
    response.end(body);
  }
}
