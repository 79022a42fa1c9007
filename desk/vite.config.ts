/// <reference types="vitest/config" />
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import vue from '@vitejs/plugin-vue'
import frappeui from 'frappe-ui/vite'

// Chunks by when they are needed: the shell always, the editor with a ticket, charts with a dashboard. The `helpers` line
// must come first, or the entry pulls in the editor's chunk for one shared helper.
function chunkOf(id: string): string | undefined {
  if (/preload-helper|commonjsHelpers|plugin-vue:export-helper/.test(id)) return 'helpers'
  if (/node_modules\/(vue|@vue|vue-router|pinia|@vueuse)\//.test(id)) return 'vue'
  if (/\/@floating-ui\//.test(id)) return 'floating'
  if (/\/(echarts|zrender)\//.test(id)) return 'charts'
  if (/\/(@tiptap|highlight\.js|lowlight)\/|\/prosemirror-/.test(id)) return 'editor'
}

const folder = (name: string) => path.resolve(import.meta.dirname, name)

// Frappe UI brings every Feather icon into the entry chunk. Only those whose names stand in quotes somewhere are needed.
function featherIcons(): Plugin {
  return {
    name: 'feather-icons-by-name',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === 'feather-icons' ? '\0feather-icons' : undefined),
    load(id) {
      if (id !== '\0feather-icons') return
      const all = JSON.parse(readFileSync(folder('node_modules/feather-icons/dist/icons.json'), 'utf8')) as Record<string, string> // prettier-ignore
      const sources = ['src', 'node_modules/frappe-ui/src/components'].map(folder).flatMap(textsBelow) // prettier-ignore
      const named = new Set(sources.flatMap((text) => [...text.matchAll(/(['"])([a-z0-9-]+)\1/g)].map(([, , name]) => name))) // prettier-ignore
      const icons = Object.entries(all).filter(([name]) => named.has(name)).map(([name, contents]) => [name, { contents, attrs: { viewBox: '0 0 24 24', class: `feather feather-${name}` } }]) // prettier-ignore
      return `export default { icons: ${JSON.stringify(Object.fromEntries(icons))} }`
    },
  }
}
function textsBelow(root: string): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return files.filter((name) => /(?<!\.spec|\.story|\.cy)\.(vue|ts)$/.test(name)).map((name) => readFileSync(path.join(root, name), 'utf8')) // prettier-ignore
}

// Fonts keep their names, for the pages outside the desk (helpdesk/public/font.css) to find them.
const assetFileNames = ({ name }: { name?: string | undefined }) => name?.endsWith('.woff2') ? 'fonts/[name][extname]' : 'assets/[name]-[hash][extname]' // prettier-ignore

export default defineConfig(({ mode }) => ({
  base: mode === 'production' ? '/assets/helpdesk/desk/' : '/',
  define: { __FRONTEND_ROUTE__: JSON.stringify('/helpdesk') },
  plugins: [
    frappeui({
      frontendRoute: '/helpdesk',
      lucideIcons: true,
      frappeProxy: mode === 'development',
      jinjaBootData: false,
      buildConfig: false,
    }),
    vue(),
    featherIcons(),
  ],
  resolve: {
    alias: { '@': folder('src') },
    dedupe: [
      'vue',
      'vue-router',
      '@tiptap/core',
      '@tiptap/pm',
      'prosemirror-state',
      'prosemirror-view',
      'prosemirror-model',
    ],
  },
  optimizeDeps: {
    exclude: ['frappe-ui'],
    include: [
      'feather-icons',
      'highlight.js/lib/core',
      'interactjs',
      'lowlight',
      'socket.io-client',
      'debug',
    ],
  },
  build: {
    target: 'es2022',
    outDir: '../helpdesk/public/desk',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    rollupOptions: { output: { manualChunks: chunkOf, assetFileNames } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/test/setup.ts'],
    server: { deps: { inline: ['frappe-ui'] } },
    // One process and one DOM for all specs: modules are loaded once instead of once per file, which is most of the time.
    // What a spec leaves behind, src/test/setup.ts puts away.
    pool: 'forks',
    isolate: false,
    testTimeout: 20_000,
    poolOptions: { forks: { singleFork: true } },
  },
}))
