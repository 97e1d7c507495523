import { defineConfig } from 'vitest/config'

/**
 * Two of everything at once: the suite is sized for two cores, and a browser or a database wants one. A machine that
 * others share may starve a test once: with CI set it gets a second try, and `npm test` names it.
 */
const shared = {
  environment: 'node',
  pool: 'forks',
  maxWorkers: 2,
  hookTimeout: 120_000,
  retry: process.env.CI ? 1 : 0,
  // A process for each file would load the same modules a hundred times over
  isolate: false,
  globalSetup: './server/database/test-run.ts',
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{domain,server,scripts,web,data}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['{web,scripts}/**/*.browser.test.ts'],
          testTimeout: 120_000,
          // after the others: what a browser draws should not compete with them
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
