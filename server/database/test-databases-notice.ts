/** Says once in a test run which database it does without. */
export default function sayWhatIsLeftOut(): void {
  if (process.env.TEST_DATABASE_URL) return
  console.log(
    'Tests on PostgreSQL are left out: set TEST_DATABASE_URL=postgres://user:password@host:5432/postgres (a superuser, on a server for tests) to run them too.',
  )
}
