import { median, round } from '../lib/statistics.mjs';
import { table } from '../lib/table.mjs';

/** What the gateway must reach, as CPU time against a peer's in the same run, and as its own figures. */
const goals = { portkey: 0.3, litellm: 0.05, addedFirstMs: 5, rssRatio: 1.3 };

/** One object a target from all its rounds: medians, with what `direct` takes subtracted from the times. */
export function summarise(targets, rows) {
  const of = (name, mode, key) =>
    median(rows.filter((row) => row.target === name && row.mode === mode).map((row) => row[key]));
  const added = (name, mode, key) => round(of(name, mode, key) - of('direct', mode, key));
  const upstreamStream = rows.find((row) => row.target === 'direct' && row.mode === 'sse');
  return targets.map(({ name, startMs, idleMb, loadedMb, laterMb }) => {
    const streams = rows.filter((row) => row.target === name && row.mode === 'sse');
    return {
      name,
      startMs,
      cpuMsC1: round(of(name, 'c1', 'cpuMs'), 3),
      cpuMsC16: round(of(name, 'c16', 'cpuMs'), 3),
      cpuMsStream: round(of(name, 'sse', 'cpuMs'), 3),
      natsCpuMsC1: round(of(name, 'c1', 'natsCpuMs'), 3),
      natsCpuMsC16: round(of(name, 'c16', 'natsCpuMs'), 3),
      natsCpuMsStream: round(of(name, 'sse', 'natsCpuMs'), 3),
      addedP50Ms: added(name, 'c1', 'p50Ms'),
      addedP99Ms: added(name, 'c1', 'p99Ms'),
      perSecondC16: of(name, 'c16', 'perSecond'),
      addedFirstMs: added(name, 'sse', 'first50Ms'),
      addedStreamMs: added(name, 'sse', 'p50Ms'),
      frames: [...new Set(streams.flatMap((row) => row.frames))].join(','),
      reads: of(name, 'sse', 'reads50'),
      sameFrames: streams.every((row) => String(row.frames) === String(upstreamStream.frames)),
      sameBytes: streams.every((row) => String(row.digests) === String(upstreamStream.digests)),
      failed: rows.filter((row) => row.target === name).reduce((sum, row) => sum + row.failed, 0),
      idleMb,
      loadedMb,
      laterMb,
      rssRatio: idleMb ? round(laterMb / idleMb) : undefined,
    };
  });
}

/** CPU time of ours against a peer's: below 1 is cheaper. */
export function ratiosTo(ours, peer) {
  const ratio = (key) => round(ours[key] / peer[key], 3);
  return { peer: peer.name, c1: ratio('cpuMsC1'), c16: ratio('cpuMsC16'), stream: ratio('cpuMsStream') };
}

export function printSummary(summary, ratios) {
  const head = [
    '',
    'CPU c1',
    'CPU c16',
    'CPU SSE',
    'NATS c1',
    'NATS c16',
    'NATS SSE',
    '+p50',
    '+p99',
    'c16/s',
    '+TTFT',
    '+stream',
  ];
  const cells = (one) => [
    one.name,
    one.cpuMsC1,
    one.cpuMsC16,
    one.cpuMsStream,
    one.natsCpuMsC1,
    one.natsCpuMsC16,
    one.natsCpuMsStream,
    one.addedP50Ms,
    one.addedP99Ms,
    one.perSecondC16,
    one.addedFirstMs,
    one.addedStreamMs,
  ];
  console.log('\nCPU ms a request or stream; times in ms beyond direct\n');
  console.log(table([head, ...summary.map(cells)]));
  console.log('\nframes a stream, and memory in MB\n');
  const memory = (one) => [
    one.name,
    one.frames,
    one.reads,
    one.sameFrames ? 'yes' : 'no',
    one.sameBytes ? 'yes' : 'no',
    one.failed,
    one.startMs,
    one.idleMb,
    one.loadedMb,
    one.laterMb,
    one.rssRatio,
  ];
  const memoryHead = [
    '',
    'frames',
    'reads',
    '1:1',
    'same bytes',
    'failed',
    'start ms',
    'idle',
    'loaded',
    '30 s later',
    'later/idle',
  ];
  console.log(table([memoryHead, ...summary.map(memory)]));
  printGoals(summary, ratios);
}

function printGoals(summary, ratios) {
  const ours = summary.find(({ name }) => name === 'llmops');
  const verdict = (value, goal) => `${value} (goal ${goal}: ${value <= goal ? 'met' : 'MISSED'})`;
  console.log(`\nadded TTFT ${verdict(ours.addedFirstMs, goals.addedFirstMs)}`);
  console.log(`RSS later/idle ${verdict(ours.rssRatio, goals.rssRatio)}`);
  for (const { peer, ...ratio } of ratios) {
    const goal = goals[peer];
    const text = Object.entries(ratio).map(([mode, value]) => `${mode} ${goal ? verdict(value, goal) : value}`);
    console.log(`CPU to ${peer}: ${text.join(', ')}`);
  }
}
