import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type ContaminationReportSchema,
  type DriftReportSchema,
  Leak_Kind as Kind,
} from '@llmops/contracts/data/v1/validation';
import type { LeakKind } from '../../contamination/index.ts';
import type { ComparisonWithJob, ContaminationResult, DriftResult } from './comparison.repository.ts';
import { jobPart } from './validation-messages.ts';

const kinds: Readonly<Record<LeakKind, Kind>> = { exact: Kind.EXACT, near: Kind.NEAR, embedding: Kind.EMBEDDING };

export function toContamination({
  comparison,
  job,
}: ComparisonWithJob): MessageInitShape<typeof ContaminationReportSchema> {
  const result = comparison.result as ContaminationResult | null;
  const { doneRows: _, ...part } = jobPart(job, result !== null);
  const common = {
    ...part,
    id: comparison.id,
    protectedVersion: comparison.firstVersion,
    candidateVersion: comparison.secondVersion,
    createTime: timestampFromDate(comparison.createTime),
  };
  if (!result) return common;
  const { exact, near, embeddingNear, protectedRows, leaks } = result.leaks;
  const found = exact + near + embeddingNear;
  return {
    ...common,
    contaminated: found > 0,
    exact: BigInt(exact),
    near: BigInt(near),
    embeddingNear: BigInt(embeddingNear),
    share: protectedRows === 0 ? 0 : found / protectedRows,
    leaks: leaks.map((leak) => ({ ...leak, kind: kinds[leak.kind] })),
  };
}

export function toDrift({ comparison, job }: ComparisonWithJob): MessageInitShape<typeof DriftReportSchema> {
  const result = comparison.result as DriftResult | null;
  const { doneRows: _, ...part } = jobPart(job, result !== null);
  const columns = result?.columns ?? [];
  return {
    ...part,
    id: comparison.id,
    referenceVersion: comparison.firstVersion,
    currentVersion: comparison.secondVersion,
    drifted: columns.some(({ drifted }) => drifted),
    columns: columns.map(({ column, drifted, message, figures }) => ({
      ...{ column, drifted, message },
      measures: figures.map((figure) => ({ ...figure })),
    })),
    createTime: timestampFromDate(comparison.createTime),
  };
}
