import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// `npm run dev` shows the console of a node that `baken serve` opened.
const NODE = process.env.BAKEN_NODE ?? 'http://127.0.0.1:8420';

export default defineConfig({
  base: '/console/',
  plugins: [svelte(), withoutItsShaders()],
  resolve: {
    alias: [
      { find: '$core', replacement: here('src/core') },
      { find: '$parts', replacement: here('src/parts') },
      // Its sources, so that what nobody uses can be left out.
      { find: /^three$/, replacement: 'three/src/Three.js' },
    ],
  },
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

/** Leave out the shaders of three's own materials, a quarter of its weight: those of the globe are written whole. */
function withoutItsShaders() {
  return {
    name: 'without-its-shaders',
    enforce: 'pre',
    load: (id) => (id.includes('three/src') && id.endsWith('/ShaderChunk.js') ? 'export const ShaderChunk = {};' : null),
  };
}

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
