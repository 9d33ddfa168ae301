import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Document } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Badge, CopyableId, type Json, JsonView, Timestamp } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useProject } from '../../api/current-user.ts';

/** All that is known of a document beside its text. */
export function DocumentAbout({ document }: { document: Document }) {
  const { id: project } = useProject();
  const { id, displayName, uri, mediaType, sha256, language, source, acl, metadata, createTime, indexTime } = document;
  const entries = Object.keys(metadata ?? {});
  return (
    <dl className="flex flex-col gap-3 p-4">
      <Fact label="File">{displayName}</Fact>
      {uri !== displayName && <Fact label="Address">{uri}</Fact>}
      <Fact label="Media type">{mediaType}</Fact>
      {language && <Fact label="Language">{language}</Fact>}
      {source && (
        <Fact label="Source">
          <Link to="/p/$project/sources/$source" params={{ project, source }} className="text-accent hover:underline">
            {source}
          </Link>
        </Fact>
      )}
      {createTime && (
        <Fact label="Added">
          <Timestamp date={timestampDate(createTime)} ago />
        </Fact>
      )}
      {indexTime && (
        <Fact label="Searchable since">
          <Timestamp date={timestampDate(indexTime)} ago />
        </Fact>
      )}
      <Fact label="May be found by">
        {acl.length === 0 ? (
          'Everyone in the project'
        ) : (
          <span className="flex flex-wrap gap-1 pt-0.5">
            {acl.map((principal) => (
              <Badge key={principal}>{principal}</Badge>
            ))}
          </span>
        )}
      </Fact>
      <Fact label="Metadata">
        {entries.length === 0 ? <span className="text-faint">None</span> : <JsonView value={metadata as Json} />}
      </Fact>
      <Fact label="Id">
        <span className="-ml-1 block">
          <CopyableId id={id} label="document id" chars={28} />
        </span>
      </Fact>
      {sha256 && (
        <Fact label="SHA-256">
          <span className="-ml-1 block">
            <CopyableId id={sha256} label="digest" chars={24} />
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
