import { fromJson, type JsonValue, toJson } from '@bufbuild/protobuf';
import { type Check, CheckSchema } from '@llmops/contracts/data/v1/validation';
import { checkProblem, namesOf } from '../../checks/index.ts';
import { checkInvalid } from './validation.errors.ts';

/** Each with its name. Throws `data.check_invalid` where one cannot be run or two are named alike. */
export function checkedChecks(checks: readonly Check[]): Check[] {
  const given = checks.map(({ name }) => name).filter((name) => name !== '');
  const twice = given.find((name, at) => given.indexOf(name) !== at);
  if (twice !== undefined) throw checkInvalid('checks', `two are named ${JSON.stringify(twice)}`);
  for (const [at, check] of checks.entries()) {
    const problem = checkProblem(check);
    if (problem !== undefined) throw checkInvalid(`checks[${at}]`, problem);
  }
  const names = namesOf(checks);
  return checks.map((check, at) => ({ ...check, name: names[at]! }));
}

export const checksToJson = (checks: readonly Check[]): JsonValue[] =>
  checks.map((check) => toJson(CheckSchema, check));
/** Fields that a later release wrote are passed over. */
export const checksFromJson = (checks: readonly JsonValue[]): Check[] =>
  checks.map((check) => fromJson(CheckSchema, check, { ignoreUnknownFields: true }));
