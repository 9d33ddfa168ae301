import { Select } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { versionsQuery } from './dataset-queries.ts';

interface VersionChoiceProps {
  project: string;
  dataset: string;
  label: string;
  value: string;
  onChange: (version: string) => void;
  /** Not offered. */
  without?: string | undefined;
  /** What no choice means. */
  none: string;
}

/** One of a dataset's versions, by id. */
export function VersionChoice({ project, dataset, label, value, onChange, without, none }: VersionChoiceProps) {
  const query = useInfiniteQuery({ ...versionsQuery(project, dataset), enabled: dataset !== '' });
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  const offered = versions.filter(({ id }) => id !== without);
  return (
    <Select aria-label={label} className="min-w-32" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {value !== '' && !offered.some(({ id }) => id === value) && <option value={value}>{value}</option>}
      {offered.map(({ id, number, tags }) => (
        <option key={id} value={id}>
          Version {number}
          {tags.length > 0 && ` (${tags.join(', ')})`}
        </option>
      ))}
    </Select>
  );
}
