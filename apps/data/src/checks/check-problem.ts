import type { Check } from '@llmops/contracts/data/v1/validation';
import { RE2JS } from 're2js';
import { piiTypes } from './pii/find-pii.ts';
import { schemaCheck } from './schema-check.ts';

/** What is wrong with a check that somebody writes, in words; undefined when it can be run. */
export function checkProblem({ kind }: Check): string | undefined {
  switch (kind.case) {
    case undefined:
      return 'has no kind';
    case 'schema':
      return thrownBy(() => schemaCheck(kind.value), 'schema_json');
    case 'pattern':
      return thrownBy(() => RE2JS.compile(kind.value.pattern), 'pattern');
    case 'range':
    case 'rowCount':
    case 'length':
      return boundsProblem(kind.value);
    case 'pii': {
      const unknown = kind.value.types.find((type) => !(piiTypes as readonly string[]).includes(type));
      return unknown && `types: ${JSON.stringify(unknown)} is none of ${piiTypes.join(', ')}`;
    }
    default:
      return undefined;
  }
}

function thrownBy(make: () => unknown, field: string): string | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    return `${field}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function boundsProblem({ min, max }: { min?: number | bigint; max?: number | bigint }): string | undefined {
  if (min === undefined && max === undefined) return 'needs min, max or both';
  return min !== undefined && max !== undefined && min > max ? 'has a min above its max' : undefined;
}
