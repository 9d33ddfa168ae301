import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../format/quantity.ts';
import { ChoiceList } from './choice-list.tsx';
import { sourcesQuery } from './knowledge-queries.ts';
import { sourceKind } from './source-names.ts';

interface SourceChoiceProps {
  project: string;
  chosen: readonly string[];
  onChange: (sources: string[]) => void;
}

/** Which sources' documents come, and stay as they are at the source. */
export function SourceChoice({ project, chosen, onChange }: SourceChoiceProps) {
  const { data: sources = [], isPending } = useQuery(sourcesQuery(project));
  const unknown = chosen.filter((id) => !sources.some((source) => source.id === id));
  return (
    <ChoiceList
      label="Sources to follow"
      hint="Their documents come, change and go with each sync."
      options={[
        ...sources.map((source) => ({
          value: source.id,
          label: source.displayName || source.id,
          hint: `${sourceKind(source)} · ${formatCount(source.itemCount)} items`,
        })),
        ...unknown.map((id) => ({ value: id, label: id })),
      ]}
      chosen={chosen}
      onChange={onChange}
      none={isPending ? 'Loading …' : 'The project has no sources.'}
    />
  );
}
