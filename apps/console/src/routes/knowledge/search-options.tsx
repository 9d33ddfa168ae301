import {
  SearchSettings_Fusion as Fusion,
  type IndexVersion,
  IndexVersion_State,
  SearchSettings_Rerank as Rerank,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import { SearchRequest_Expand as Expand } from '@llmops/contracts/retrieval/v1/search';
import { Checkbox, cx, Select } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { rerankModelsQuery } from './knowledge-queries.ts';
import type { SearchForm } from './search-form-state.ts';

interface SearchOptionsProps {
  form: SearchForm;
  onChange: (change: Partial<SearchForm>) => void;
  arms: readonly string[];
  versions: readonly IndexVersion[];
}

/** What a search does otherwise than the knowledge base says, each a small control. */
export function SearchOptions({ form, onChange, arms, versions }: SearchOptionsProps) {
  return (
    <>
      <ArmToggles arms={arms} off={form.armsOff} onChange={(armsOff) => onChange({ armsOff })} />
      <Select
        aria-label="Number of results"
        value={form.k}
        onChange={(event) => onChange({ k: Number(event.target.value) })}
      >
        {[3, 5, 10, 20, 50].map((k) => (
          <option key={k} value={k}>
            {k} results
          </option>
        ))}
      </Select>
      <Select
        aria-label="Fusion"
        value={form.fusion}
        onChange={(event) => onChange({ fusion: Number(event.target.value) })}
      >
        <option value={Fusion.UNSPECIFIED}>Fusion as set</option>
        <option value={Fusion.WEIGHTED}>Weighted scores</option>
        <option value={Fusion.RRF}>Reciprocal ranks</option>
      </Select>
      <RerankSelect value={form.rerank} onChange={(rerank) => onChange({ rerank })} />
      <Select
        aria-label="Diversity"
        value={form.mmrLambda ?? ''}
        onChange={(event) =>
          onChange({ mmrLambda: event.target.value === '' ? undefined : Number(event.target.value) })
        }
      >
        <option value="">No diversity</option>
        <option value={0.7}>Some diversity</option>
        <option value={0.5}>More diversity</option>
        <option value={0.3}>Most diversity</option>
      </Select>
      <Select
        aria-label="Widen results"
        value={form.expand}
        onChange={(event) => onChange({ expand: Number(event.target.value) })}
      >
        <option value={Expand.UNSPECIFIED}>Chunk alone</option>
        <option value={Expand.NEIGHBOURS}>With neighbours</option>
        <option value={Expand.PARENT}>Its section</option>
      </Select>
      {versions.length > 1 && (
        <Select
          aria-label="Index version"
          value={form.indexVersion}
          onChange={(event) => onChange({ indexVersion: event.target.value })}
        >
          <option value="">Live index</option>
          {versions.map(({ id, number, state }) => (
            <option key={id} value={id}>
              v{number}
              {state === IndexVersion_State.LIVE && ' (live)'}
            </option>
          ))}
        </Select>
      )}
      <Checkbox checked={form.onePerDocument} onChange={(event) => onChange({ onePerDocument: event.target.checked })}>
        One a document
      </Checkbox>
    </>
  );
}

interface RerankSelectProps {
  value: SearchForm['rerank'];
  onChange: (rerank: SearchForm['rerank']) => void;
  id?: string;
  className?: string;
  /** What nothing chosen is called. */
  unset?: string;
}

const reranks = [
  { value: Rerank.NONE, label: 'No rerank' },
  { value: Rerank.FEATURES, label: 'Light rerank' },
];

/** A rerank of the API, or a cross-encoder of the catalogue. */
export function RerankSelect({ value, onChange, unset = 'Rerank as set', ...rest }: RerankSelectProps) {
  const models = useQuery(rerankModelsQuery).data ?? [];
  const names = new Set([...models.map(({ id }) => id), ...(typeof value === 'string' ? [value] : [])]);
  return (
    <Select
      aria-label={rest.id ? undefined : 'Rerank'}
      {...rest}
      value={value}
      onChange={({ target }) => onChange(/^\d+$/.test(target.value) ? (Number(target.value) as Rerank) : target.value)}
    >
      <option value={Rerank.UNSPECIFIED}>{unset}</option>
      {reranks.map((rerank) => (
        <option key={rerank.value} value={rerank.value}>
          {rerank.label}
        </option>
      ))}
      {[...names].map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  );
}

interface ArmTogglesProps {
  arms: readonly string[];
  off: readonly string[];
  onChange: (off: string[]) => void;
}

/** The last arm that is on cannot be taken away. */
function ArmToggles({ arms, off, onChange }: ArmTogglesProps) {
  const on = arms.filter((arm) => !off.includes(arm));
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Arms</legend>
      {arms.map((arm) => {
        const isOn = on.includes(arm);
        return (
          <button
            key={arm}
            type="button"
            aria-pressed={isOn}
            disabled={isOn && on.length === 1}
            onClick={() => onChange(isOn ? [...off, arm] : off.filter((entry) => entry !== arm))}
            className={cx(
              'h-8 max-w-48 truncate rounded-md border px-2.5 text-xs font-medium transition-colors',
              isOn
                ? 'border-accent/40 bg-accent-soft text-accent'
                : 'border-line text-faint line-through hover:border-line-strong',
            )}
          >
            {arm}
          </button>
        );
      })}
    </fieldset>
  );
}
