import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Link } from '@tanstack/react-router';
import { lineageText } from './version-list.tsx';

/** How a version was made, with the ways to what it was made from. */
export function LineageText({ project, version }: { project: string; version: DatasetVersion }) {
  const { lineage, message, dataset } = version;
  const link = 'text-accent hover:underline';
  return (
    <>
      {lineageText(lineage)}
      {lineage?.source && (
        <>
          {' from '}
          <Link to="/p/$project/sources/$source" params={{ project, source: lineage.source }} className={link}>
            a source
          </Link>
        </>
      )}
      {lineage?.parentVersions.map((parent, at) => (
        <span key={parent}>
          {at === 0 ? ' of ' : ', '}
          <Link
            to="/p/$project/datasets/$dataset/versions/$version"
            params={{ project, dataset, version: parent }}
            className={link}
          >
            {lineage.parentVersions.length === 1 ? 'its parent' : `parent ${at + 1}`}
          </Link>
        </span>
      ))}
      {message && ` · ${message}`}
    </>
  );
}
