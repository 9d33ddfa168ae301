import type { MessageInitShape } from '@bufbuild/protobuf';
import type { IndexSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Command } from 'commander';
import { wholeNumber } from '../../settings.ts';

export interface IndexOptions {
  embeddingModel?: string[];
  maxTokens?: number;
  overlapTokens?: number;
  lexical?: boolean;
}

/** What makes an index; the platform's defaults where nothing is said. */
export const withIndexOptions = (command: Command): Command =>
  command
    .option('--embedding-model <name...>', 'up to 3 of the catalogue')
    .option('--max-tokens <number>', 'of a chunk', wholeNumber(16, 8192))
    .option('--overlap-tokens <number>', 'that a chunk repeats of the one before', wholeNumber(0, 4096))
    .option('--no-lexical', 'without the lexical arm');

export const indexSettingsOf = (options: IndexOptions): MessageInitShape<typeof IndexSettingsSchema> => ({
  embeddingModels: options.embeddingModel ?? [],
  noLexical: options.lexical === false,
  chunker: {
    maxTokens: options.maxTokens ?? 0,
    ...(options.overlapTokens === undefined ? {} : { overlapTokens: options.overlapTokens }),
  },
});
