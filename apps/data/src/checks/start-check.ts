import type { Check } from '@llmops/contracts/data/v1/validation';
import { duplicateCheck, nearDuplicateCheck, splitLeakageCheck, uniqueCheck } from './repeat-checks.ts';
import type { RunningCheck } from './running-check.ts';
import { schemaCheck } from './schema-check.ts';
import { classBalanceCheck, freshnessCheck, rowCountCheck } from './table-checks.ts';
import { encodingCheck, languageCheck, lengthCheck, piiCheck, secretCheck, toxicityCheck } from './text-checks.ts';
import { categoryCheck, nullCheck, patternCheck, rangeCheck } from './value-checks.ts';

/** Throws what is wrong with the check: a pattern, a schema, a type that is not known. SQL checks are run elsewhere. */
export function startCheck({ kind }: Check): RunningCheck {
  switch (kind.case) {
    case 'schema':
      return schemaCheck(kind.value);
    case 'nulls':
      return nullCheck(kind.value);
    case 'range':
      return rangeCheck(kind.value);
    case 'unique':
      return uniqueCheck(kind.value);
    case 'pattern':
      return patternCheck(kind.value);
    case 'categories':
      return categoryCheck(kind.value);
    case 'rowCount':
      return rowCountCheck(kind.value);
    case 'freshness':
      return freshnessCheck(kind.value);
    case 'language':
      return languageCheck(kind.value);
    case 'length':
      return lengthCheck(kind.value);
    case 'encoding':
      return encodingCheck(kind.value);
    case 'toxicity':
      return toxicityCheck(kind.value);
    case 'pii':
      return piiCheck(kind.value);
    case 'secrets':
      return secretCheck(kind.value);
    case 'duplicates':
      return duplicateCheck(kind.value);
    case 'nearDuplicates':
      return nearDuplicateCheck(kind.value);
    case 'classBalance':
      return classBalanceCheck(kind.value);
    case 'splitLeakage':
      return splitLeakageCheck(kind.value);
    default:
      throw new Error(kind.case === undefined ? 'the check has no kind' : `${kind.case} checks are not run here`);
  }
}
