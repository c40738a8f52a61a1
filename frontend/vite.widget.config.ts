import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The chat widget: one classic script that any shop page can load with one tag. */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { '@': resolve(import.meta.dirname, 'src') } },
  build: {
    outDir: resolve(import.meta.dirname, '../bot/web/static'),
    emptyOutDir: false,
    target: 'es2020',
    lib: {
      entry: resolve(import.meta.dirname, 'src/widget/index.ts'),
      formats: ['iife'],
      name: 'XiaoerChat',
      fileName: () => 'xiaoer-chat.js',
    },
  },
})
