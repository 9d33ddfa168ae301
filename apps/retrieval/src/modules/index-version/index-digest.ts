import { createHash } from 'node:crypto';
import type { IndexModel, ResolvedSettings } from './index-version.repository.ts';

/** All that makes an index what it is. */
export interface IndexIdentity {
  settings: ResolvedSettings;
  models: readonly IndexModel[];
  parserVersion: string;
  chunkerVersion: string;
  analyzerVersion: string;
  documentSet: Buffer;
}

export function indexDigest(identity: IndexIdentity): string {
  const { settings, models, parserVersion, chunkerVersion, analyzerVersion, documentSet } = identity;
  const { maxTokens, overlapTokens, parentTokens } = settings.chunker;
  const header = [
    [maxTokens, overlapTokens, parentTokens, settings.noLexical],
    models.map(({ name, digest, dimensions }) => [name, digest, dimensions]),
    [parserVersion, chunkerVersion, analyzerVersion],
  ];
  const hash = createHash('sha256')
    .update(`${JSON.stringify(header)}\n`)
    .update(documentSet)
    .digest('hex');
  return `sha256:${hash}`;
}
