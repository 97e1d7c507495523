import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Where `npm run dev` finds the API: a server started beside it
const api = process.env.API_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: 'web',
  cacheDir: '../node_modules/.vite',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 2500,
    // A font inlined as data: would be loaded by everybody; as a file only who shows its characters loads it
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    // web/api holds sources of ours, which are no API
    proxy: { '^/api/(?!.*\\.ts)': api, '/tiles': api, '/docs': api },
  },
})
