import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** The bundler gives an icon as the text of its file, so the tests do the same. */
const svgAsText = {
  name: 'svg-as-text',
  enforce: 'pre',
  load: id =>
    id.endsWith('.svg') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : undefined
};

export default defineConfig({
  plugins: [svgAsText],
  test: {
    environment: 'jsdom',
    include: ['labextension/test/**/*.spec.{ts,tsx,mjs}'],
    setupFiles: ['labextension/test/setup.ts'],
    // One after the other in one place: what costs time is loading JupyterLab's packages, and that is done once.
    pool: 'threads',
    isolate: false,
    server: { deps: { inline: [/@jupyterlab\//, /@jupyter\//, /@lumino\//, /@rjsf\//, /@microsoft\//] } }
  }
});
