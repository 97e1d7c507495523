// npm run import: brings files into the database.
import { existsSync } from 'node:fs'
import { HeadFile } from '../server/audit/head-file.ts'
import { ImportRefusedAfterReading } from '../server/imports/import-files.ts'
import { ImportRefused } from '../server/imports/import-refused.ts'
import { explainEnd } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'
import { ArgumentError, IMPORT_HELP, readImportArguments } from './import-arguments.ts'
import { describeRejects, describeResult, openImporter } from './run-import.ts'

const steps = new Steps(process.stdout)
try {
  const options = readImportArguments(process.argv.slice(2))
  if (options === null) process.stdout.write(IMPORT_HELP)
  else {
    // A slip of the keyboard should not make an embedded database first
    const absent = options.files.find((file) => !existsSync(file))
    if (absent) throw new ArgumentError(`${absent} is not there: check the path.`)
    const importer = await openImporter(process.env, steps)
    const { dataDir, auditHeadsFile } = importer.parts.config
    try {
      const result = await importer.run(options)
      for (const line of describeResult(result, dataDir)) steps.line(line)
    } catch (error) {
      if (error instanceof ImportRefusedAfterReading) {
        for (const line of describeRejects(error.result, dataDir)) steps.line(line)
      }
      throw error
    } finally {
      await new HeadFile(importer.parts.db, auditHeadsFile).append().finally(() => importer.close())
    }
  }
} catch (error) {
  steps.abandon()
  if (error instanceof ArgumentError) console.error(`${error.message}\nSee npm run import -- --help.`)
  else console.error(error instanceof ImportRefused ? `Refused: ${error.message}` : explainEnd(error))
  process.exitCode = 1
}
