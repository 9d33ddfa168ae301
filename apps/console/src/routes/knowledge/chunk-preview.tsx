import type { Chunk, PreviewChunksResponse } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, Field, Select, Stat, StatRow } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { QueryError } from '../../api/query-error.tsx';
import { ChunkerFields } from './index-settings-fields.tsx';
import { embeddingModelsQuery } from './knowledge-queries.ts';

/** Settings of a preview as they are typed. */
export interface PreviewForm {
  maxTokens: string;
  overlapTokens: string;
  parentTokens: string;
  embeddingModel: string;
}

export const emptyPreview: PreviewForm = { maxTokens: '', overlapTokens: '', parentTokens: '', embeddingModel: '' };

interface ChunkPreviewProps {
  form: PreviewForm;
  onChange: (form: PreviewForm) => void;
  onSubmit: () => void;
  preview: { data: PreviewChunksResponse | undefined; error: Error | null; isFetching: boolean };
  /** As it is cut now. */
  current: readonly Chunk[];
}

/** How the document would be cut with other settings; nothing of it is kept. */
export function ChunkPreview({ form, onChange, onSubmit, preview, current }: ChunkPreviewProps) {
  const models = useQuery(embeddingModelsQuery).data ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const { data, error, isFetching } = preview;
  return (
    <div className="flex flex-col gap-4 p-4">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ChunkerFields form={form} onChange={(change) => onChange({ ...form, ...change })} error={error} />
        <Field label="Counted by" hint="Whose tokenizer counts.">
          {(aria) => (
            <Select
              {...aria}
              className="w-full"
              value={form.embeddingModel}
              onChange={(event) => onChange({ ...form, embeddingModel: event.target.value })}
            >
              <option value="">The installation's default</option>
              {models.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" variant="primary" busy={isFetching} className="self-start">
          Show the cuts
        </Button>
      </form>
      {error && <QueryError error={error} />}
      {data && (
        <>
          <StatRow>
            <Stat label="Chunks" value={data.chunkCount} note={`now ${current.length}`} />
            <Stat label="Tokens, mean" value={meanTokens(data.chunks)} note={`now ${meanTokens(current)}`} />
          </StatRow>
          <p className="text-xs text-faint">
            In the text each chunk begins with its number and neighbours differ in tint; what two of them repeat is
            underlined.{data.chunkCount > data.chunks.length && ` Only the first ${data.chunks.length} are shown.`}
          </p>
        </>
      )}
    </div>
  );
}

function meanTokens(chunks: readonly Pick<Chunk, 'tokens'>[]): string {
  if (chunks.length === 0) return '–';
  return Math.round(chunks.reduce((sum, { tokens }) => sum + tokens, 0) / chunks.length).toString();
}
