import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const gateway = `http://127.0.0.1:${process.env.XIAOER_WEB_PORT ?? 8000}`

/** In development the pages have the gateway's addresses (`/desk`, `/xiaoer-chat.js`). */
function gatewayAddresses(): Plugin {
  const files: Record<string, string> = {
    '/desk': '/desk.html',
    '/workbench': '/workbench.html',
    '/managers': '/managers.html',
    '/xiaoer-chat.js': '/src/widget/index.ts',
  }
  return {
    name: 'gateway-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '').split('?')[0].replace(/(.)\/$/, '$1')
        if (files[path]) request.url = files[path]
        next()
      })
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html, context) =>
        context.server ? html.replace('<script defer src="/xiaoer-chat.js"', '<script type="module" src="/xiaoer-chat.js"') : html,
    },
  }
}

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'xiaoer-chat' } } }),
    // Kit components are imported where a template names them; their types come from element-plus/global.
    components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    gatewayAddresses(),
  ],
  resolve: { alias: { '@': resolve(here, 'src') } },
  build: {
    outDir: resolve(here, '../bot/web/static'),
    emptyOutDir: true,
    // Our policy allows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'desk.html', 'workbench.html', 'managers.html'].map((page) => resolve(here, page)),
    },
  },
  server: {
    proxy: {
      '/api': { target: gateway, ws: true },
      '/shop-images': gateway,
      '/uploads': gateway,
    },
  },
})
