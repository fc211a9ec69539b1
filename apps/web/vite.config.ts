import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { CHUNK_GROUPS } from './build/chunk-groups.ts'
import { compressAssets } from './build/compress-assets.ts'
import { leaveOut, NOTHING, without } from './build/leave-out.ts'
import { NO_FRAMEWORK } from './build/no-framework.ts'
import { ONE_EMITTER } from './build/one-emitter.ts'
import { pageMarkers } from './build/page-markers.ts'

const SERVER = 'http://localhost:3000'

/**
 * Weight without use: handlers for tests, React Native and browsers older than `build.target`, or that are loaded where
 * they are needed; data channels; unused transports; a second emitter; a log that is never read.
 */
const UNUSED = {
  '/react-router/dist/production/lib/dom/ssr/components.js': NO_FRAMEWORK,
  '/events-alias/events.js': ONE_EMITTER,
  '/debug/src/browser.js': 'module.exports = () => () => {}',
  '/mediasoup-client/lib/DataConsumer.js': NOTHING,
  '/mediasoup-client/lib/DataProducer.js': NOTHING,
  '/mediasoup-client/lib/Device.js': without('./handlers/Firefox120', './handlers/Safari12'),
  '/mediasoup-client/lib/handlers/Chrome74.js': NOTHING,
  '/mediasoup-client/lib/handlers/FakeHandler.js': NOTHING,
  '/mediasoup-client/lib/handlers/ReactNative106.js': NOTHING,
  '/mediasoup-client/lib/test/fakeParameters.js': NOTHING,
  '/engine.io-client/build/esm/transports/polling-xhr.js': 'export class XHR {}',
  '/engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
}

// Workspace packages export their TypeScript sources, so nothing has to be built before the web app.
export default defineConfig({
  plugins: [react(), tailwindcss(), pageMarkers(), leaveOut(UNUSED), compressAssets()],
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': SERVER,
      '/healthz': SERVER,
      '/readyz': SERVER,
      '/socket.io': { target: SERVER, ws: true },
    },
  },
  build: {
    target: ['chrome111', 'firefox128', 'safari16.4'],
    // Inlined files would be data: addresses, which the policy allows for images only.
    assetsInlineLimit: 0,
    // The bundler strips the license texts of the packages in the bundle.
    license: { fileName: 'licenses.txt' },
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNK_GROUPS } } },
  },
})
