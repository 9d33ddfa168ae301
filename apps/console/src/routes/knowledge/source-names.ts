import type { Source } from '@llmops/contracts/data/v1/source';

const kinds: Record<string, string> = {
  upload: 'Uploaded files',
  folder: 'Folder',
  crawl: 'Web pages',
  git: 'Git repository',
  s3: 'S3 bucket',
  sql: 'SQL query',
};

export const sourceKind = ({ config }: Source): string => kinds[config?.kind.case ?? ''] ?? 'Source';
