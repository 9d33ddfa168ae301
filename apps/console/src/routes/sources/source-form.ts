import type { MessageInitShape } from '@bufbuild/protobuf';
import type { SourceConfig, SourceConfigSchema } from '@llmops/contracts/data/v1/source';
import { lines } from '../datasets/import-form.ts';

export type SourceKind = NonNullable<SourceConfig['kind']['case']>;

/** How a field of a source is written down; lists by lines. */
export interface SourceField {
  key: string;
  label: string;
  type: 'text' | 'lines' | 'number' | 'secret' | 'query';
  required?: boolean;
  hint?: string;
  placeholder?: string;
}

/** What there is to say about each kind. Keys are those of the message. */
export const sourceKinds: Record<SourceKind, { label: string; fields: SourceField[] }> = {
  upload: { label: 'Upload', fields: [] },
  folder: {
    label: 'Folder',
    fields: [
      {
        key: 'path',
        label: 'Path',
        type: 'text',
        required: true,
        hint: 'On the server, below a folder that the installation allows (DATA_FOLDERS).',
      },
    ],
  },
  crawl: {
    label: 'Web',
    fields: [
      {
        key: 'startUrls',
        label: 'Start pages',
        type: 'lines',
        required: true,
        hint: 'One a line.',
        placeholder: 'https://',
      },
      {
        key: 'maxDepth',
        label: 'Links followed',
        type: 'number',
        hint: 'From a start page; 0 for it alone.',
        placeholder: '0',
      },
      { key: 'maxPages', label: 'Pages at most', type: 'number', placeholder: '1000' },
      { key: 'allowHosts', label: 'Other hosts', type: 'lines', hint: 'Beside those of the start pages.' },
      { key: 'delayMs', label: 'Pause, ms', type: 'number', hint: 'Between requests to a host.', placeholder: '500' },
    ],
  },
  git: {
    label: 'Git',
    fields: [
      { key: 'url', label: 'Address', type: 'text', required: true, placeholder: 'https://host/team/repository.git' },
      { key: 'ref', label: 'Branch, tag or commit', type: 'text', hint: 'The default branch when empty.' },
      { key: 'subdirectory', label: 'Folder', type: 'text' },
      { key: 'secret', label: 'Token', type: 'secret', hint: 'Of a private repository.' },
    ],
  },
  s3: {
    label: 'S3',
    fields: [
      { key: 'bucket', label: 'Bucket', type: 'text', required: true },
      { key: 'prefix', label: 'Prefix', type: 'text' },
      { key: 'endpoint', label: 'Endpoint', type: 'text', hint: 'Of a compatible store; AWS when empty.' },
      { key: 'region', label: 'Region', type: 'text' },
      { key: 'secret', label: 'Keys', type: 'secret', hint: 'JSON with accessKeyId and secretAccessKey.' },
    ],
  },
  sql: {
    label: 'SQL',
    fields: [
      { key: 'secret', label: 'Connection', type: 'secret', required: true, hint: 'Of a secret with postgres://…' },
      { key: 'query', label: 'Query', type: 'query', required: true },
      { key: 'keyColumns', label: 'Key columns', type: 'lines', hint: 'Name a row; the whole row when empty.' },
    ],
  },
};

export const sourceKindNames = Object.keys(sourceKinds) as SourceKind[];

export interface SourceForm {
  displayName: string;
  kind: SourceKind;
  values: Record<string, string>;
  include: string;
  exclude: string;
  minutes: number;
}

export const emptySource: SourceForm = {
  displayName: '',
  kind: 'upload',
  values: {},
  include: '',
  exclude: '',
  minutes: 0,
};

/** The settings that a form says; `uploads` are the ids of files that arrived. */
export function configOf(form: SourceForm, uploads: string[]): MessageInitShape<typeof SourceConfigSchema> {
  const values = Object.fromEntries(
    sourceKinds[form.kind].fields.flatMap(({ key, type }): [string, unknown][] => {
      const text = (form.values[key] ?? '').trim();
      if (text === '') return [];
      if (type === 'lines') return [[key, lines(text)]];
      return [[key, type === 'number' ? Number(text) : text]];
    }),
  );
  const value = form.kind === 'upload' ? { uploads } : values;
  // The fields of a kind are its message's.
  const kind = { case: form.kind, value } as MessageInitShape<typeof SourceConfigSchema>['kind'];
  return { include: lines(form.include), exclude: lines(form.exclude), kind };
}

export const schedules = [
  { minutes: 0, label: 'By hand only' },
  { minutes: 15, label: 'Every 15 minutes' },
  { minutes: 60, label: 'Every hour' },
  { minutes: 360, label: 'Every 6 hours' },
  { minutes: 1_440, label: 'Every day' },
  { minutes: 10_080, label: 'Every week' },
];

export const scheduleText = (minutes: number): string =>
  schedules.find((entry) => entry.minutes === minutes)?.label ?? `Every ${minutes} minutes`;
