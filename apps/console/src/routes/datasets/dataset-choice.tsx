import { Select } from '@llmops/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { datasetQuery, datasetsQuery } from './dataset-queries.ts';

interface DatasetChoiceProps {
  project: string;
  value: string;
  onChange: (dataset: string) => void;
}

/** One of the project's datasets. */
export function DatasetChoice({ project, value, onChange }: DatasetChoiceProps) {
  const listed = useInfiniteQuery(datasetsQuery(project)).data?.pages.flatMap((page) => page.datasets) ?? [];
  const own = useQuery({ ...datasetQuery(project, value), enabled: value !== '' }).data;
  const datasets = own && !listed.some(({ id }) => id === own.id) ? [own, ...listed] : listed;
  return (
    <Select aria-label="Dataset" className="max-w-56" value={value} onChange={(event) => onChange(event.target.value)}>
      {value === '' && <option value="">Choose a dataset</option>}
      {datasets.map(({ id, displayName }) => (
        <option key={id} value={id}>
          {displayName}
        </option>
      ))}
    </Select>
  );
}
