import { Artifact_State } from '@llmops/contracts/models/v1/model';
import { Checkbox, Field, Input } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { fieldError } from '../../api/field-errors.ts';
import { ChoiceList } from './choice-list.tsx';
import type { IndexSettingsForm } from './index-settings-form.ts';
import { embeddingModelsQuery } from './knowledge-queries.ts';

interface IndexSettingsFieldsProps {
  form: IndexSettingsForm;
  onChange: (form: IndexSettingsForm) => void;
  error: Error | null;
}

/** Fields of a refusal that this form shows where they are typed. */
export const indexSettingsErrors = [
  'embeddingModels',
  'embedding_models',
  ...['max_tokens', 'overlap_tokens', 'parent_tokens'].flatMap((name) => [name, `chunker.${name}`]),
];

/** Violations name a field by its path, with the parents or without. */
const errorOf = (error: Error | null, ...names: string[]) =>
  names.map((name) => fieldError(error, name)).find((message) => message !== undefined);

export function IndexSettingsFields({ form, onChange, error }: IndexSettingsFieldsProps) {
  const { data: models = [], isPending } = useQuery(embeddingModelsQuery);
  const options = models.map(({ id, displayName, embeddingDimensions, artifact }) => {
    const isReady = artifact?.state === Artifact_State.READY;
    const facts = `${embeddingDimensions} dimensions${isReady ? '' : ' · weights are not here'}`;
    return { value: id, label: displayName || id, hint: facts, disabled: !isReady };
  });
  return (
    <>
      <ChoiceList
        label="Embedding models"
        hint="Up to three; each is an arm of its own. The installation's default when none is chosen."
        error={errorOf(error, 'embeddingModels', 'embedding_models')}
        options={options}
        chosen={form.embeddingModels}
        onChange={(embeddingModels) => onChange({ ...form, embeddingModels })}
        none={isPending ? 'Loading …' : 'No embedding model is in the catalogue.'}
        atMost={3}
      />
      <ChunkerFields form={form} onChange={(change) => onChange({ ...form, ...change })} error={error} />
      <Checkbox
        checked={form.lexical}
        onChange={(event) => onChange({ ...form, lexical: event.target.checked })}
        hint="Finds names, codes and rare words that meaning misses."
      >
        Search by words too
      </Checkbox>
    </>
  );
}

type ChunkerForm = Pick<IndexSettingsForm, 'maxTokens' | 'overlapTokens' | 'parentTokens'>;

const chunkerFields = [
  { name: 'maxTokens', snake: 'max_tokens', label: 'Chunk tokens', shipped: 'default', least: 8 },
  { name: 'overlapTokens', snake: 'overlap_tokens', label: 'Overlap', shipped: '32', least: 0 },
  { name: 'parentTokens', snake: 'parent_tokens', label: 'Section', shipped: '1024', least: 8 },
] as const;

export function ChunkerFields({
  form,
  onChange,
  error,
}: {
  form: ChunkerForm;
  onChange: (change: Partial<ChunkerForm>) => void;
  error: Error | null;
}) {
  return (
    <div className="grid grid-cols-3 gap-3">
      {chunkerFields.map(({ name, snake, label, shipped, least }) => (
        <Field key={name} label={label} error={errorOf(error, name, snake, `chunker.${snake}`, `chunker.${name}`)}>
          {(aria) => (
            <Input
              {...aria}
              type="number"
              min={least}
              step={1}
              placeholder={shipped}
              value={form[name]}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
