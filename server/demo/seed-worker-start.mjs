// Typebox first, as it is: the loader would be asked about each of its hundreds of files.
import 'typebox'
// A worker does not inherit the loader that lets the process read TypeScript: it brings its own.
import { register } from 'tsx/esm/api'

register()
await import('./seed-worker.ts')
