// Sets the theme before the first paint. A file of its own because the console's CSP allows no inline script.
// The key and its values are @llmops/ui's (theme.ts).
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('llmops.theme');
  } catch {
    // Storage is refused: the system's theme serves.
  }
  const dark = choice ? choice === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
