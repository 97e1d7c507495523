import type { Config } from '../config.ts'
import type { StepName } from '../steps.ts'
import type { Database } from './database.ts'
import { connectEmbedded } from './embedded-directory.ts'
import { migrate } from './migrate.ts'
import { connectPostgres, type PostgresOptions } from './postgres.ts'

export interface OpenOptions extends PostgresOptions {
  /** called as each step begins that may take a while */
  onStep?: (step: StepName) => void
}

/**
 * The database of a deployment, connected and up to date: PostgreSQL by DATABASE_URL, else the embedded one.
 * @throws StartError when it cannot be used as things stand
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { onStep = () => {}, ...options }: OpenOptions = {},
): Promise<Database> {
  const db = await connect(config, onStep, options)
  try {
    await migrate(db, undefined, (count) =>
      onStep({ en: `Migrating the database (${count} files)`, 'zh-CN': `更新数据库结构（${count} 个文件）` }),
    )
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

function connect(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  onStep: (step: StepName) => void,
  options: PostgresOptions,
): Promise<Database> {
  if (databaseUrl === null) return connectEmbedded(dataDir, onStep)
  onStep({ en: 'Connecting to the database', 'zh-CN': '连接数据库' })
  return connectPostgres(databaseUrl, options)
}
