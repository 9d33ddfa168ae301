// The container's health check: does the service answer 200 on this path of its own HTTP address?
const port = process.env.HTTP_LISTEN?.split(':').at(-1);
const path = process.argv[2] ?? '/livez';
try {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(4_000) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  process.exit(0);
} catch (error) {
  console.error(`${path}: ${error.message}`);
  process.exit(1);
}
