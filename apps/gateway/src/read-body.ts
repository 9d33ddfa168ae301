import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, type HttpRefusal, wrongContentEncoding, wrongMediaType } from './http-refusal.ts';

export const isJson = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().startsWith('application/json') === true;

/** The body's bytes, or why they are not taken. Rejects when the connection breaks. What is too much is not kept. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  takes: 'json' | 'bytes' = 'json',
): Promise<Buffer | HttpRefusal> {
  return new Promise((resolve, reject) => {
    const { 'content-type': type, 'content-length': announced, 'content-encoding': encoding } = request.headers;
    let bytes = announced === undefined ? 0 : Number(announced);
    if (takes === 'json' && !isJson(type)) return resolve(wrongMediaType());
    if (encoding !== undefined && encoding !== 'identity') return resolve(wrongContentEncoding());
    if (bytes > maxBytes) return resolve(bodyTooLarge(maxBytes));
    bytes = 0;
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= maxBytes) pieces.push(piece);
      else resolve(bodyTooLarge(maxBytes));
    });
    request.once('end', () => resolve(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)));
    request.once('error', reject);
  });
}
