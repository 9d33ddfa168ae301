import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type Check, CheckSchema, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';

/** What the built-in suite has to know of a version. */
export interface VersionFacts {
  readonly schema: unknown;
  readonly columns: readonly { readonly name: string }[];
  readonly splits: readonly unknown[];
}

const { WARN, BLOCK } = Severity;
const mostNulls = 0.05;

/**
 * The suite for versions nobody wrote one for. It blocks what is always wrong (no rows, rows against their own schema,
 * secrets) and warns of what depends on the use.
 */
export function defaultSuite({ schema, columns, splits }: VersionFacts): Check[] {
  const checks: MessageInitShape<typeof CheckSchema>[] = [
    { severity: BLOCK, kind: { case: 'rowCount', value: { min: 1n } } },
    { severity: BLOCK, kind: { case: 'schema', value: { schemaJson: JSON.stringify(schema) } } },
    ...columns.slice(0, mostColumns).map(({ name }) => ({
      name: `nulls ${name}`,
      severity: WARN,
      tolerance: mostNulls,
      kind: { case: 'nulls' as const, value: { columns: [name], emptyIsNull: true } },
    })),
    { severity: WARN, kind: { case: 'duplicates', value: {} } },
    { severity: WARN, kind: { case: 'nearDuplicates', value: { threshold: 0.9 } } },
    { severity: WARN, kind: { case: 'encoding', value: {} } },
    { severity: WARN, kind: { case: 'pii', value: {} } },
    { severity: BLOCK, kind: { case: 'secrets', value: {} } },
  ];
  if (splits.length > 1) checks.push({ severity: WARN, kind: { case: 'splitLeakage', value: {} } });
  return checks.map((check) => create(CheckSchema, check));
}

const mostColumns = 50;
