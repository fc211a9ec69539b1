import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressAssets } from './build/compress-assets.ts'
import { leaveOut } from './build/leave-out.ts'
import { pageMarkers } from './build/page-markers.ts'

const SERVER = 'http://localhost:3000'

/** Parts of mediasoup-client for its own tests, for React Native, and for browsers older than `build.target`. */
const UNUSED = [
  '/mediasoup-client/lib/handlers/Chrome74.js',
  '/mediasoup-client/lib/handlers/FakeHandler.js',
  '/mediasoup-client/lib/handlers/ReactNative106.js',
  '/mediasoup-client/lib/test/fakeParameters.js',
]

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
    modulePreload: { polyfill: false },
  },
})
