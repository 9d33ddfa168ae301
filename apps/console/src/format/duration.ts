/** Milliseconds in the unit that needs fewest digits: `0.42 ms`, `87 ms`, `1.24 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return `${ms === 0 ? '0' : ms.toPrecision(2)} ms`;
  if (ms < 999.5) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The same, with a dash for what did not happen (0). */
export function formatDurationOrDash(ms: number): string {
  return ms > 0 ? formatDuration(ms) : '–';
}
