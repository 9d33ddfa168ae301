import { timestampDate } from '@bufbuild/protobuf/wkt';
import { type IndexVersion, IndexVersion_State as State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, CopyableId, ProgressBar, Status, Timestamp } from '@llmops/ui';
import type { ReactNode } from 'react';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { RecallTable } from './recall-table.tsx';
import { builtShare, isSearchable, versionStates } from './version-state.ts';

interface VersionItemProps {
  version: IndexVersion;
  isPrevious: boolean;
  mayChange: boolean;
  isProbing: boolean;
  onActivate: () => void;
  onProbe: () => void;
  onDelete: () => void;
}

export function VersionItem({ version, isPrevious, mayChange, isProbing, ...on }: VersionItemProps) {
  const { number, state, createTime, error, lastProbe } = version;
  const { tone, text } = versionStates[state];
  return (
    <li aria-label={`v${number}`} className="flex flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3 pb-2">
        <h2 className="text-base font-semibold tabular-nums">v{number}</h2>
        <Status tone={tone} pulse={state === State.BUILDING}>
          {text}
        </Status>
        {isPrevious && <span className="text-xs text-faint">live before</span>}
        {createTime && (
          <span className="text-xs text-faint">
            <Timestamp date={timestampDate(createTime)} ago />
          </span>
        )}
        {mayChange && (
          <span className="ml-auto flex flex-wrap gap-2">
            {isSearchable(version) && (
              <Button size="sm" busy={isProbing} aria-label={`Measure recall of v${number}`} onClick={on.onProbe}>
                Measure recall
              </Button>
            )}
            {state === State.READY && (
              <Button size="sm" variant="primary" aria-label={`Activate v${number}`} onClick={on.onActivate}>
                Activate
              </Button>
            )}
            {state !== State.LIVE && state !== State.DELETING && (
              <Button size="sm" aria-label={`Delete v${number}`} onClick={on.onDelete}>
                Delete
              </Button>
            )}
          </span>
        )}
      </div>
      {error && <p className="px-4 pb-2 break-words text-danger">{error}</p>}
      {state === State.BUILDING && <BuildProgress version={version} />}
      <VersionFacts version={version} />
      {lastProbe && (
        <details className="border-t border-line" open={state === State.LIVE}>
          <summary className="cursor-pointer px-4 py-2 text-xs font-medium text-muted hover:text-ink">
            Measured recall
          </summary>
          <RecallTable probe={lastProbe} />
        </details>
      )}
    </li>
  );
}

function BuildProgress({ version }: { version: IndexVersion }) {
  const { documents } = version;
  const done = (documents?.indexed ?? 0n) + (documents?.failed ?? 0n);
  return (
    <div className="flex items-center gap-3 px-4 pb-2">
      <ProgressBar value={builtShare(version)} label={`Building v${version.number}`} />
      <span className="shrink-0 text-xs text-muted tabular-nums">
        {formatCount(done)} of {formatCount(documents?.total ?? 0n)} documents
      </span>
    </div>
  );
}

function VersionFacts({ version }: { version: IndexVersion }) {
  const { settings, embeddingModels, documents, chunkCount, embeddedChunks, reusedChunks, sizeBytes, digest } = version;
  const { maxTokens = 0, overlapTokens = 0, parentTokens = 0 } = settings?.chunker ?? {};
  const failed = documents?.failed ?? 0n;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 px-4 pb-3 sm:grid-cols-3 lg:grid-cols-[1.5fr_1.6fr_1fr_1.5fr_.7fr_1fr]">
      <Fact label="Arms">
        {[...(settings?.noLexical ? [] : ['lexical']), ...embeddingModels.map(({ name }) => name)].map((arm) => (
          <span key={arm} className="block truncate">
            {arm}
          </span>
        ))}
      </Fact>
      <Fact label="Chunk, overlap, section">
        {formatCount(maxTokens)}, {formatCount(overlapTokens)}, {formatCount(parentTokens)} tokens
      </Fact>
      <Fact label="Documents">
        {formatCount(documents?.indexed ?? 0n)}
        {failed > 0n && <span className="text-danger">, {formatCount(failed)} failed</span>}
      </Fact>
      <Fact label="Chunks">
        {formatCount(chunkCount)}
        <span className="block text-xs text-faint">
          {formatCount(embeddedChunks)} embedded, {formatCount(reusedChunks)} known
        </span>
      </Fact>
      <Fact label="Size">{formatBytes(sizeBytes)}</Fact>
      <Fact label="Digest">
        <span className="-ml-1 block">
          <CopyableId id={digest.replace(/^sha256:/, '')} label="digest" chars={10} />
        </span>
        <span className="block text-xs text-faint">revision {version.revision.toString()}</span>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </div>
  );
}
