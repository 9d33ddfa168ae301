import type { Readable } from 'node:stream';

/** Four bytes of length, then the bytes: how we and a worker talk. */
export function frame(body: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** Calls back with each whole frame of the stream. */
export function readFrames(stream: Readable, onFrame: (body: Buffer) => void): void {
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = 4;
  let inHead = true;
  stream.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    while (size >= wanted) {
      const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      const body = all.subarray(0, wanted);
      pieces = [all.subarray(wanted)];
      size -= wanted;
      wanted = inHead ? body.readUInt32BE(0) : 4;
      inHead = !inHead;
      if (inHead) onFrame(body);
    }
  });
}
