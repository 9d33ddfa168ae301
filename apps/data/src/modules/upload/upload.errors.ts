import { AppError } from '@llmops/platform/errors';

export const uploadNotFound = (id: string) =>
  new AppError({
    code: 'data.upload_not_found',
    category: 'not_found',
    message: `upload: ${JSON.stringify(id)} does not exist in this project, or has expired.`,
  });

export const uploadTooLarge = (maxBytes: number) =>
  new AppError({
    code: 'data.upload_too_large',
    category: 'invalid',
    message: `size_bytes: at most ${maxBytes} bytes are taken; put larger files into a bucket or folder and make it a source.`,
    fields: [{ field: 'size_bytes', message: `must not exceed ${maxBytes}` }],
  });

/** The caller goes on from what the message says. */
export const offsetWrong = (received: number) =>
  new AppError({
    code: 'data.upload_offset_wrong',
    category: 'conflict',
    message: `offset: ${received} bytes have arrived; send the part that begins there.`,
    fields: [{ field: 'offset', message: `expected ${received}` }],
  });

export const partInvalid = (message: string) =>
  new AppError({
    code: 'data.upload_part_invalid',
    category: 'invalid',
    message: `body: ${message}`,
    fields: [{ field: 'body', message }],
  });

export const checksumWrong = (expected: string, actual: string) =>
  new AppError({
    code: 'data.upload_checksum_wrong',
    category: 'invalid',
    message: `sha256: the file that arrived has ${actual}, not ${expected}. It was dropped; send it again from offset 0.`,
    fields: [{ field: 'sha256', message: `got ${actual}` }],
  });

export const uploadIncomplete = (id: string, received: number, size: number) =>
  new AppError({
    code: 'data.upload_incomplete',
    category: 'conflict',
    message: `upload: ${JSON.stringify(id)} has ${received} of ${size} bytes; send the rest first.`,
  });
