import { SourceError } from './source-error.ts';

export type SourceUri =
  | { scheme: 'pypi'; name: string; version: string }
  | { scheme: 'hf'; repo: string; revision: string }
  | { scheme: 'http'; url: string }
  | { scheme: 'file'; url: string };

/** Names and versions begin with a letter or digit, so that none can be read as an option by pip. */
const pypi = /^pypi:([a-z\d][\w.-]*)==([a-z\d][\w.!+-]*)$/i;
const hf = /^hf:([\w.-]+\/[\w.-]+)@([\w./-]+)$/;

export function parseSourceUri(uri: string): SourceUri {
  const wheel = pypi.exec(uri);
  if (wheel) return { scheme: 'pypi', name: wheel[1]!, version: wheel[2]! };
  const repository = hf.exec(uri);
  if (repository) return { scheme: 'hf', repo: repository[1]!, revision: repository[2]! };
  if (/^https?:\/\//.test(uri)) return { scheme: 'http', url: uri };
  if (/^file:\//.test(uri)) return { scheme: 'file', url: uri };
  throw new SourceError(`${uri} is not a source: expected pypi:, hf:, https: or file:`);
}
