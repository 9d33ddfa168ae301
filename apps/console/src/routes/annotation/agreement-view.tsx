import type { Agreement, AnnotationQueue, AnnotatorPair } from '@llmops/contracts/data/v1/annotation';
import { EmptyState, SkeletonRows, Stat, StatRow, Table } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount, formatShare } from '../../format/quantity.ts';
import { agreementQuery } from './queue-queries.ts';

/** How far annotators agree beyond chance, and how sure that is. */
export function AgreementView({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const { data: agreement, error, refetch } = useQuery(agreementQuery(project.id, queue.id));
  if (error) {
    return (
      <div className="p-4">
        <QueryError error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!agreement) return <SkeletonRows rows={4} />;
  if (agreement.items === 0n) {
    return (
      <EmptyState icon={Handshake} title="No item has two labels yet">
        <p>Agreement is measured over items that at least two people labelled.</p>
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4 p-4">
      <Figures agreement={agreement} />
      {agreement.pairs.length > 0 && (
        <Table
          label="Pairs of annotators"
          rows={agreement.pairs}
          rowKey={({ first, second }) => `${first} ${second}`}
          columns={[
            {
              id: 'pair',
              header: 'Annotators',
              card: 'title',
              className: 'w-full max-w-0',
              cell: ({ first, second }: AnnotatorPair) => (
                <span className="block truncate font-mono text-xs">
                  {first} · {second}
                </span>
              ),
            },
            { id: 'items', header: 'Items', align: 'end', cell: ({ items }) => formatCount(items) },
            { id: 'observed', header: 'Agree', align: 'end', cell: ({ observed }) => formatShare(observed, 1) },
            { id: 'kappa', header: 'Kappa', align: 'end', cell: ({ kappa }) => figure(kappa) },
          ]}
        />
      )}
    </div>
  );
}

function Figures({ agreement }: { agreement: Agreement }) {
  const { items, observed, krippendorffAlpha, alphaLow, alphaHigh, cohenKappa } = agreement;
  const interval =
    alphaLow !== undefined && alphaHigh !== undefined ? `95 %: ${figure(alphaLow)} to ${figure(alphaHigh)}` : undefined;
  return (
    <StatRow>
      <Stat label="Items with two labels" value={formatCount(items)} />
      <Stat label="Pairs that agree" value={formatShare(observed, 1)} />
      <Stat label="Krippendorff’s alpha" value={figure(krippendorffAlpha)} note={interval} />
      {cohenKappa !== undefined && <Stat label="Cohen’s kappa" value={figure(cohenKappa)} note="of two annotators" />}
    </StatRow>
  );
}

const figure = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));
