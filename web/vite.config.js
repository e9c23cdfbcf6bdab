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
    // Under which licences that comes which others wrote.
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: NODE, changeOrigin: true } } },
});

/** Leave out the shaders of three's own materials, a quarter of its weight: those of the globe are written whole. */
function withoutItsShaders() {
  // What three puts before every shader, whoever wrote it.
  const kept = ['colorspace_pars_fragment', 'tonemapping_pars_fragment'];
  const imports = kept.map((name) => `import ${name} from './ShaderChunk/${name}.glsl.js';`).join('\n');
  const chunks = `${imports}\nexport const ShaderChunk = { ${kept.join(', ')} };`;
  return {
    name: 'without-its-shaders',
    enforce: 'pre',
    load: (id) => (id.includes('three/src') && id.endsWith('/ShaderChunk.js') ? chunks : null),
  };
}

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
