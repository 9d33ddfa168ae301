import { documentInvalid } from '../../errors.ts';

/** A JSON object as text, for requests whose body is the file. */
export function parseMetadata(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw documentInvalid('metadata_json', 'must be a JSON object');
}
