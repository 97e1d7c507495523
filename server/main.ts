import { serve } from './serve.ts'
import { explainEnd } from './start-error.ts'
import { Steps } from './steps.ts'

const steps = new Steps(process.stdout)
try {
  await serve({ env: process.env, steps })
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exit(1)
}
