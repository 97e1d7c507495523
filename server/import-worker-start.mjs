// A worker does not inherit the loader that lets the process read TypeScript: it brings its own.
import { register } from 'tsx/esm/api'

register()
await import('./import-worker.ts')
