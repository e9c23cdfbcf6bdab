import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// `npm run dev` shows the console of a node that `baken serve` opened.
const NODE = process.env.BAKEN_NODE ?? 'http://127.0.0.1:8420';

export default defineConfig({
  base: '/console/',
  plugins: [svelte()],
  resolve: { alias: { $core: here('src/core'), $parts: here('src/parts') } },
  build: {
    outDir: here('../baken/web/console'),
    emptyOutDir: true,
    target: 'es2022',
    // A file as data: would stand against the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: NODE, changeOrigin: true } } },
});

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
