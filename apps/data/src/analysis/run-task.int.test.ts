import { describe, expect, it } from 'vitest';
import { runTask } from './run-task.ts';

const timeoutMs = 60_000;

async function* rows(values: Record<string, unknown>[]): AsyncGenerator<string> {
  for (const [index, value] of values.entries()) yield JSON.stringify({ id: `r${index}`, index, split: '', value });
}

describe('a task in a process of its own', () => {
  it('gives the reports of checks', async () => {
    const checks = [
      { severity: 'SEVERITY_BLOCK', nulls: { columns: ['a'] } },
      { name: 'mail', pii: { types: ['email'] } },
    ];
    const items = rows([{ a: 1, t: 'x\ny' }, { t: 'ann@example.com' }]);
    const reports = await runTask({ task: 'checks', input: { checks }, items, timeoutMs });
    expect(reports).toMatchObject([
      { name: 'nulls', severity: 'block', outcome: 'failed', findings: [{ rowId: 'r1', column: 'a' }] },
      { name: 'mail', severity: 'warn', outcome: 'failed', findings: [{ rowId: 'r1', column: 't' }] },
    ]);
  });

  it('takes texts with any character, in rows of any length', async () => {
    const odd = 'a\u2028b\u2029c\u0085d\r\ne\u{1f389}'.repeat(50_000);
    const profile = await runTask({ task: 'profile', input: {}, items: rows([{ a: odd }, { a: 'x' }]), timeoutMs });
    expect(profile).toMatchObject({ rowCount: 2, columns: [{ name: 'a', maxLength: odd.length }] });
  });

  it('gives a profile, a comparison of tables, and leaks', async () => {
    const profile = await runTask({ task: 'profile', input: {}, items: rows([{ a: 1 }, { a: 2 }]), timeoutMs });
    expect(profile).toMatchObject({ rowCount: 2, columns: [{ name: 'a', mean: 1.5 }] });
    const sides = async function* () {
      for (let n = 0; n < 40; n++) {
        yield JSON.stringify({ side: n % 2 ? 'current' : 'reference', value: { a: n % 2 ? n + 100 : n } });
      }
    };
    const drift = await runTask({ task: 'drift', input: { columns: [] }, items: sides(), timeoutMs });
    expect(drift.columns).toMatchObject([
      { column: 'a', kind: 'number', figures: [{ name: 'psi' }, { name: 'ks', value: 1 }] },
    ]);
    const texts = async function* () {
      yield JSON.stringify({ side: 'protected', id: 'p', text: 'The same words' });
      yield JSON.stringify({ side: 'candidate', id: 'c', text: 'the same, words!' });
    };
    const leaks = await runTask({ task: 'leaks', input: { mostLeaks: 5 }, items: texts(), timeoutMs });
    expect(leaks).toMatchObject({ exact: 1, leaks: [{ protectedRowId: 'p', candidateRowId: 'c' }] });
  });

  it('is killed when it is cancelled, and when its time is over', async () => {
    const endless = async function* () {
      for (let n = 0; ; n++) yield JSON.stringify({ id: `${n}`, index: n, split: '', value: { a: 'x'.repeat(100) } });
    };
    const cancel = new AbortController();
    const run = runTask({ task: 'profile', input: {}, items: endless(), timeoutMs, signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('cancelled')), 500);
    await expect(run).rejects.toThrow('cancelled');
    await expect(runTask({ task: 'profile', input: {}, items: endless(), timeoutMs: 700 })).rejects.toMatchObject({
      code: 'data.analysis_timed_out',
    });
  });

  it('tells why it failed, and what reading the rows threw', async () => {
    const vectors = async function* () {
      for (const vector of ['AACAPw==', 'AACAPwAAgD8='])
        yield JSON.stringify({ side: 'protected', id: 'x', text: 't', vector });
    };
    await expect(
      runTask({ task: 'leaks', input: { mostLeaks: 1 }, items: vectors(), timeoutMs }),
    ).rejects.toMatchObject({
      code: 'data.analysis_failed',
      message: expect.stringContaining('vectors of 1 and 2 numbers'),
    });
    const broken = async function* () {
      yield '{"id":"a","index":0,"split":"","value":{}}';
      throw new Error('the store is gone');
    };
    await expect(runTask({ task: 'profile', input: {}, items: broken(), timeoutMs })).rejects.toThrow(
      'the store is gone',
    );
  });
});
