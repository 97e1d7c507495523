// Read as they are, before there is a loader that would look through their code, half a second of it
import '@electric-sql/pglite'
import '@electric-sql/pglite/contrib/btree_gist'
import '@electric-sql/pglite/contrib/pg_trgm'
import '@electric-sql/pglite-postgis'
// A worker does not inherit the loader that lets the process read TypeScript: it brings its own.
import { register } from 'tsx/esm/api'

register()
await import('./embedded-worker.ts')
