import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:7070';

export default defineConfig({
  plugins: [react(), tailwind()],
  // Nothing inlined as data: URLs, so that the page works under a strict CSP.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': gateway, '/v1': gateway } },
});
