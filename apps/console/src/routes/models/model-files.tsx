import type { Model } from '@llmops/contracts/models/v1/model';
import { Card, CopyableId } from '@llmops/ui';
import { formatBytes } from '../../format/quantity.ts';

/** Where the weights come from and what they must be. */
export function ModelFiles({ model }: { model: Model }) {
  return (
    <Card title="Files and sources" flush>
      <ul className="divide-y divide-line">
        {model.files.map((file) => (
          <li key={file.name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-0.5 px-4 py-2">
            <span className="min-w-0 truncate font-mono text-xs">{file.name}</span>
            <span className="flex items-center gap-2 text-xs text-muted tabular-nums">
              {formatBytes(file.sizeBytes)}
              {file.sha256 && <CopyableId id={file.sha256} label={`sha256 of ${file.name}`} chars={8} />}
            </span>
          </li>
        ))}
        {model.sources.map((source) => (
          <li key={source.uri} className="px-4 py-2">
            <p className="font-mono text-xs break-all">{source.uri}</p>
            {source.note && <p className="text-xs text-muted">{source.note}</p>}
            {source.uri === model.artifact?.source && <p className="text-xs text-success">In use</p>}
          </li>
        ))}
        {model.releaseId && (
          <li className="flex items-center justify-between gap-4 px-4 py-2 text-xs text-muted">
            Release
            <CopyableId id={model.releaseId} label="release id" chars={20} />
          </li>
        )}
        {model.artifact?.digest && (
          <li className="flex items-center justify-between gap-4 px-4 py-2 text-xs text-muted">
            Digest
            <CopyableId id={model.artifact.digest} label="artefact digest" chars={20} />
          </li>
        )}
      </ul>
    </Card>
  );
}
