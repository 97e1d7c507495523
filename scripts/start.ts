// What `npm start` does once the packages are there: builds the web while the database opens, then serves.
import { serve } from '../server/serve.ts'
import { explainEnd } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'
import { buildWebWhenStale } from './build-web.ts'

const steps = new Steps(process.stdout)
try {
  await serve({ env: process.env, steps, meanwhile: () => buildWebWhenStale(steps) })
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exit(1)
}
