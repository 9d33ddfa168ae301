const key = 'llmops.reloadedAt';

/**
 * A page left open over an upgrade asks for chunks that are no longer served. Loading it anew mends that; not more than
 * once in ten seconds, so that a server without the chunk does not make it loop.
 */
export function reloadOnUpgrade() {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < 10_000) return;
    event.preventDefault();
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
  });
}
