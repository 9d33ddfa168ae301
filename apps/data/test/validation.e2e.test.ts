import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { DataJobService, DatasetService, DatasetVersion_Verdict as Verdict } from '@llmops/contracts/data/v1/dataset';
import {
  type CheckSchema,
  Leak_Kind,
  CheckResult_Outcome as Outcome,
  Check_Severity as Severity,
  ValidationService,
} from '@llmops/contracts/data/v1/validation';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { Role } from '@llmops/contracts/options/v1/options';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataHarness, startDataHarness } from './data-harness.ts';
import { embedderModel, startWordEmbedder } from './word-embedder.ts';

let data: DataHarness;
let embedder: Awaited<ReturnType<typeof startWordEmbedder>>;
let objects: string;

beforeAll(async () => {
  objects = await mkdtemp(join(tmpdir(), 'llmops-data-'));
  embedder = await startWordEmbedder({ voiture: 'car', maison: 'house', rouge: 'red', chere: 'expensive' });
  data = await startDataHarness({
    OBJECTS_DIR: objects,
    INFERENCE_ADDR: embedder.address,
    DATA_EMBEDDING_MODEL: embedderModel,
  });
});
afterAll(async () => {
  await data?.stop();
  embedder?.stop();
  await rm(objects, { recursive: true, force: true });
});

const over = [Job_State.SUCCEEDED, Job_State.FAILED, Job_State.CANCELLED];

/** A project with what a test does there. */
async function project(role?: Role) {
  const { ctx, project } = await data.tenant(role);
  const datasets = data.client(DatasetService);
  const validation = data.client(ValidationService);
  const dataset = (displayName = 'set') => datasets.createDataset(ctx, { project, displayName });
  const ended = async <T extends { state: Job_State }>(read: () => Promise<T>): Promise<T> =>
    until(async () => {
      const found = await read();
      return over.includes(found.state) ? found : undefined;
    }, 60_000) as Promise<T>;
  const importRows = async (dataset: string, rows: Record<string, unknown>[], splits: string[] = []) => {
    const job = await datasets.importVersion(ctx, {
      project,
      dataset,
      input: { origin: { case: 'inline', value: { rowsJson: rows.map((row) => JSON.stringify(row)) } } },
      splits: splits.map((name) => ({ name, fraction: 1 / splits.length })),
    });
    const done = await ended(() => data.client(DataJobService).getDataJob(ctx, { project, job: job.id }));
    expect(done).toMatchObject({ state: Job_State.SUCCEEDED });
    return done.resource;
  };
  return { ctx, project, datasets, validation, dataset, ended, importRows };
}

type CheckInit = MessageInitShape<typeof CheckSchema>;
const check = (kind: CheckInit['kind'], severity = Severity.BLOCK): CheckInit => ({ kind, severity });

const good = [
  { question: 'Which river flows through Vienna?', answer: 'The Danube', score: 3 },
  { question: 'How many legs has a spider?', answer: 'Eight of them', score: 5 },
];
const secret = ['ghp', '9xK2mQ7vLpR4sT8wZ1yB3nC6dF5gH0jA2eUi'].join('_');

describe('validation', () => {
  test('the built-in suite blocks a version with a secret, and nobody can use it then', async () => {
    const { ctx, project: id, datasets, validation, dataset, ended, importRows } = await project();
    const { id: set } = await dataset();
    const clean = await importRows(set, good);
    const bad = await importRows(set, [...good, { question: `My token is ${secret}`, answer: 'thanks', score: 1 }]);
    const begun = await validation.validateVersion(ctx, { project: id, dataset: set });
    expect(begun).toMatchObject({ dataset: set, version: bad, suite: '', rowsTotal: 3n });
    const read = (report: string) => () => validation.getValidationReport(ctx, { project: id, dataset: set, report });
    const report = await ended(read(begun.id));
    expect(report).toMatchObject({ state: Job_State.SUCCEEDED, verdict: Verdict.BLOCKED, rowsChecked: 3n });
    const failed = report.results.filter(({ outcome }) => outcome !== Outcome.PASSED);
    expect(failed).toMatchObject([
      { name: 'secrets', severity: Severity.BLOCK, outcome: Outcome.FAILED, failedRows: 1n },
    ]);
    expect(failed[0]!.findings).toMatchObject([{ rowIndex: 2n, column: 'question', message: 'holds github-pat' }]);
    expect(JSON.stringify(failed[0]!.findings[0]!.value)).not.toContain(secret);

    expect(await validation.checkUsable(ctx, { project: id, version: bad })).toMatchObject({
      usable: false,
      verdict: Verdict.BLOCKED,
      report: report.id,
      reasons: ['secrets: 1 of 3 rows hold a secret'],
    });
    const rows = async () => {
      for await (const _ of datasets.readRows(ctx, { project: id, version: bad, requireUsable: true }));
    };
    await expect(rows()).rejects.toMatchObject({ code: 'data.version_blocked' });

    const other = await validation.validateVersion(ctx, { project: id, dataset: set, version: clean });
    expect(await ended(read(other.id))).toMatchObject({ verdict: Verdict.PASSED });
    expect(await validation.checkUsable(ctx, { project: id, version: clean })).toMatchObject({
      usable: true,
      verdict: Verdict.PASSED,
      reasons: [],
    });
    const { reports } = await validation.listValidationReports(ctx, { project: id, dataset: set, version: clean });
    expect(reports.map((each) => each.id)).toEqual([other.id]);
  });

  test('a suite of a project runs its checks, SQL among them, and names rows and what they repeat', async () => {
    const { ctx, project: id, validation, dataset, ended, importRows } = await project();
    const { id: set } = await dataset();
    await importRows(set, [
      ...good,
      { question: 'Too good?', answer: 'x', score: 11 },
      { question: 'Which river flows through Vienna?', answer: 'Danube', score: 2 },
    ]);
    const suite = await validation.createValidationSuite(ctx, {
      project: id,
      displayName: 'mine',
      checks: [
        check({ case: 'sql', value: { expression: 'score <= 10 -- as graded' } }),
        check({ case: 'unique', value: { columns: ['question'] } }, Severity.WARN),
        check({ case: 'sql', value: { expression: 'nothing > 1' } }, Severity.WARN),
        check({ case: 'range', value: { column: 'score', min: 0 } }),
      ],
    });
    expect(suite.checks.map(({ name }) => name)).toEqual(['sql', 'unique', 'sql 2', 'range']);
    const begun = await validation.validateVersion(ctx, { project: id, dataset: set, suite: suite.id });
    const { results, verdict } = await ended(() =>
      validation.getValidationReport(ctx, { project: id, dataset: set, report: begun.id }),
    );
    expect(verdict).toBe(Verdict.BLOCKED);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      Outcome.FAILED,
      Outcome.FAILED,
      Outcome.ERROR,
      Outcome.PASSED,
    ]);
    expect(results[0]).toMatchObject({ failedRows: 1n, findings: [{ rowIndex: 2n }] });
    expect(results[1]!.findings).toMatchObject([{ rowIndex: 3n, column: 'question' }]);
    const rows = await data.client(DatasetService).listRows(ctx, { project: id, dataset: set, version: 'latest' });
    expect(results[1]!.findings[0]!.otherRowId).toBe(rows.rows[0]!.id);
    expect(results[2]!.message).toContain('nothing');
  });

  test('no suite lifts what another blocks, and a suite that is gone blocks no longer', async () => {
    const { ctx, project: id, validation, dataset, ended, importRows } = await project();
    const { id: set } = await dataset();
    const version = await importRows(set, good);
    const suiteOf = (kind: CheckInit['kind']) =>
      validation.createValidationSuite(ctx, { project: id, displayName: 's', checks: [check(kind)] });
    const strict = await suiteOf({ case: 'rowCount', value: { min: 100n } });
    const easy = await suiteOf({ case: 'rowCount', value: { min: 1n } });
    const run = async (suite: string) => {
      const { id: report } = await validation.validateVersion(ctx, { project: id, dataset: set, suite });
      return ended(() => validation.getValidationReport(ctx, { project: id, dataset: set, report }));
    };
    await run(strict.id);
    expect(await run(easy.id)).toMatchObject({ verdict: Verdict.PASSED });
    const usable = () => validation.checkUsable(ctx, { project: id, version });
    expect(await usable()).toMatchObject({ usable: false, reasons: ['row_count: 2 rows, fewer than 100'] });
    await validation.deleteValidationSuite(ctx, { project: id, suite: strict.id });
    await run(easy.id);
    expect(await usable()).toMatchObject({ usable: true });
  });

  test('reports and profiles go with their dataset', async () => {
    const { ctx, project: id, datasets, validation, dataset, ended, importRows } = await project();
    const { id: set } = await dataset();
    const version = await importRows(set, good);
    const { id: report } = await validation.validateVersion(ctx, { project: id, dataset: set });
    await ended(() => validation.getValidationReport(ctx, { project: id, dataset: set, report }));
    const drift = await validation.measureDrift(ctx, {
      project: id,
      referenceVersion: version,
      currentVersion: version,
    });
    await ended(() => validation.getDriftReport(ctx, { project: id, report: drift.id }));
    await datasets.deleteDataset(ctx, { project: id, dataset: set });
    await expect(validation.getValidationReport(ctx, { project: id, dataset: set, report })).rejects.toMatchObject({
      code: 'data.report_not_found',
    });
    await expect(validation.getDriftReport(ctx, { project: id, report: drift.id })).rejects.toMatchObject({
      code: 'data.report_not_found',
    });
  });

  test('a suite of a dataset runs by itself on each new version', async () => {
    const { ctx, project: id, validation, dataset, importRows } = await project();
    const { id: set } = await dataset();
    const checks = [check({ case: 'nulls', value: { columns: ['answer'] } })];
    await validation.createValidationSuite(ctx, { project: id, displayName: 's', checks, datasets: [set] });
    const version = await importRows(set, [...good, { question: 'And?', answer: null, score: 0 }]);
    const blocked = await until(async () => {
      const found = await validation.checkUsable(ctx, { project: id, version });
      return found.usable ? undefined : found;
    });
    expect(blocked).toMatchObject({ reasons: ['nulls: 1 of 3 rows lack a value of answer'] });
    const { reports } = await validation.listValidationReports(ctx, { project: id, dataset: set });
    expect(reports).toHaveLength(1);
  });

  test('checks that cannot be run are refused with their place', async () => {
    const { ctx, project: id, validation } = await project();
    const create = (...checks: CheckInit[]) =>
      validation.createValidationSuite(ctx, { project: id, displayName: 's', checks });
    const rowCount = check({ case: 'rowCount', value: { min: 1n } });
    await expect(
      create(rowCount, check({ case: 'pattern', value: { column: 'a', pattern: '(' } })),
    ).rejects.toMatchObject({ code: 'data.check_invalid', message: expect.stringMatching(/^checks\[1\]: pattern: /) });
    await expect(create({ severity: Severity.WARN })).rejects.toMatchObject({ code: 'data.check_invalid' });
    await expect(create({ ...rowCount, name: 'a' }, { ...rowCount, name: 'a' })).rejects.toMatchObject({
      message: 'checks: two are named "a"',
    });
  });

  test('another project sees nothing of it, and a viewer changes nothing', async () => {
    const mine = await project();
    const { id: set } = await mine.dataset();
    const version = await mine.importRows(set, good);
    const suite = await mine.validation.createValidationSuite(mine.ctx, {
      project: mine.project,
      displayName: 's',
      checks: [check({ case: 'rowCount', value: { min: 1n } })],
    });
    const theirs = await project();
    const at = { project: theirs.project };
    await expect(theirs.validation.getValidationSuite(theirs.ctx, { ...at, suite: suite.id })).rejects.toMatchObject({
      code: 'data.suite_not_found',
    });
    await expect(theirs.validation.checkUsable(theirs.ctx, { ...at, version })).rejects.toMatchObject({
      code: 'data.version_not_found',
    });
    await expect(
      theirs.validation.checkContamination(theirs.ctx, { ...at, protectedVersion: version, candidateVersion: version }),
    ).rejects.toMatchObject({ code: 'data.version_not_found' });
    expect((await theirs.validation.listValidationSuites(theirs.ctx, at)).suites).toEqual([]);
    const viewer = await project(Role.VIEWER);
    await expect(
      viewer.validation.deleteValidationSuite(viewer.ctx, { project: viewer.project, suite: suite.id }),
    ).rejects.toMatchObject({ category: 'forbidden' });
  });

  test('a validation that is cancelled ends so, and decides nothing', async () => {
    const { ctx, project: id, validation, dataset, ended, importRows } = await project();
    const { id: set } = await dataset();
    const version = await importRows(
      set,
      Array.from({ length: 4_000 }, (_, n) => ({ n, text: `row ${n} with some words `.repeat(20) })),
    );
    const begun = await validation.validateVersion(ctx, { project: id, dataset: set });
    await data.client(DataJobService).cancelDataJob(ctx, { project: id, job: begun.job });
    const report = await ended(() =>
      validation.getValidationReport(ctx, { project: id, dataset: set, report: begun.id }),
    );
    expect(report).toMatchObject({ state: Job_State.CANCELLED, verdict: Verdict.UNSPECIFIED, results: [] });
    expect(await validation.checkUsable(ctx, { project: id, version })).toMatchObject({ usable: true });
  });
});

test('a profile is made on the first call and kept', async () => {
  const { ctx, project: id, validation, dataset, ended, importRows } = await project();
  const { id: set } = await dataset();
  const version = await importRows(set, [...good, { question: null, answer: 'x', score: 4 }]);
  const read = () => validation.getProfile(ctx, { project: id, dataset: set, version: 'latest' });
  const profile = await ended(read);
  expect(profile).toMatchObject({ version, state: Job_State.SUCCEEDED, rowCount: 3n });
  const columns = new Map(profile.columns.map((column) => [column.name, column]));
  expect(columns.get('score')).toMatchObject({ type: 'integer', min: 3, max: 5, mean: 4, distinctCount: 3n });
  expect(columns.get('question')).toMatchObject({ type: 'string', nullCount: 1n, maxLength: 33n });
  expect(await read()).toEqual(profile);
});

describe('contamination', () => {
  test('finds leaks word for word, nearly, and by their meaning, and names both rows', async () => {
    const { ctx, project: id, validation, datasets, dataset, ended, importRows } = await project();
    const [{ id: evaluation }, { id: training }] = [await dataset('eval'), await dataset('train')];
    const protectedVersion = await importRows(evaluation, [
      ...good.map(({ question }) => ({ question })),
      { question: 'Why is the red car so expensive and the house cheap?' },
      { question: 'Nothing of this is anywhere else at all' },
    ]);
    const candidateVersion = await importRows(training, [
      { text: 'which RIVER flows through vienna' },
      { text: 'Please answer briefly. How many leggs has a spidr? Thank you.' },
      { text: 'voiture rouge si chere maison : why is the so expensive and the house cheap' },
      { text: 'An unrelated sentence about gardening in late autumn' },
    ]);
    const compare = async (embeddings: boolean) => {
      const begun = await validation.checkContamination(ctx, {
        ...{ project: id, protectedVersion, candidateVersion, embeddings },
      });
      return ended(() => validation.getContaminationReport(ctx, { project: id, report: begun.id }));
    };
    const lexical = await compare(false);
    expect(lexical).toMatchObject({ state: Job_State.SUCCEEDED, contaminated: true, exact: 1n, embeddingNear: 0n });
    const report = await compare(true);
    expect(report).toMatchObject({ contaminated: true, exact: 1n, share: 0.75 });
    expect(report.leaks[0]).toMatchObject({
      kind: Leak_Kind.EXACT,
      similarity: 1,
      protectedText: good[0]!.question,
      candidateText: 'which RIVER flows through vienna',
    });
    const rows = await datasets.listRows(ctx, { project: id, dataset: evaluation, version: 'latest' });
    expect(report.leaks[0]!.protectedRowId).toBe(rows.rows[0]!.id);
    const { reports } = await validation.listContaminationReports(ctx, { project: id, version: candidateVersion });
    expect(reports.map((each) => each.id)).toEqual([report.id, lexical.id]);
  });

  test('without an embedder ends with the reason', async () => {
    const { ctx, project: id, validation, dataset, ended, importRows } = await project();
    const version = await importRows((await dataset()).id, good);
    const begun = await validation.checkContamination(ctx, {
      project: id,
      protectedVersion: version,
      candidateVersion: version,
      embeddings: true,
      model: 'nobody-serves-this',
    });
    const report = await ended(() => validation.getContaminationReport(ctx, { project: id, report: begun.id }));
    expect(report).toMatchObject({ state: Job_State.FAILED, error: { code: 'data.embedder_missing' } });
  });

  test('refuses columns that a version lacks', async () => {
    const { ctx, project: id, validation, dataset, importRows } = await project();
    const version = await importRows((await dataset()).id, good);
    const request = { project: id, protectedVersion: version, candidateVersion: version, columns: ['prompt'] };
    await expect(validation.checkContamination(ctx, request)).rejects.toMatchObject({ code: 'data.column_not_found' });
  });
});

test('drift is told per column, by meaning too', async () => {
  const { ctx, project: id, validation, dataset, ended, importRows } = await project();
  const { id: set } = await dataset();
  const rows = (shift: number, words: string[]) =>
    Array.from({ length: 300 }, (_, n) => ({
      n: (n % 50) + shift,
      label: n % 3 === 0 ? 'a' : 'b',
      text: `${words[n % words.length]} ${words[(n * 7) % words.length]} number ${n}`,
    }));
  const referenceVersion = await importRows(set, rows(0, ['garden', 'tree', 'flower', 'grass', 'soil']));
  const currentVersion = await importRows(set, rows(30, ['engine', 'wheel', 'brake', 'gear', 'fuel']));
  const begun = await validation.measureDrift(ctx, { project: id, referenceVersion, currentVersion, embeddings: true });
  const report = await ended(() => validation.getDriftReport(ctx, { project: id, report: begun.id }));
  expect(report).toMatchObject({ state: Job_State.SUCCEEDED, drifted: true });
  const columns = new Map(report.columns.map((column) => [column.column, column]));
  expect(columns.get('n')).toMatchObject({ drifted: true });
  expect(columns.get('label')).toMatchObject({ drifted: false });
  expect(columns.get('text')!.measures.map(({ name }) => name)).toEqual(['psi', 'ks', 'mmd']);
  expect(columns.get('text')).toMatchObject({ drifted: true });
  for (const { low, high, value } of columns.get('n')!.measures) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThan(0);
  }
});
