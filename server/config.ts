import { resolve } from 'node:path'
import { LANGUAGES, type Language } from '../domain/district.ts'
import { GRID_CODE_SCHEMES, type GridCodeScheme } from '../domain/grid-code.ts'

/** Everything a deployment decides, read once from the environment. docs/operations.md lists it. */
export interface Config {
  host: string
  port: number
  /** null: the embedded database in dataDir */
  databaseUrl: string | null
  dataDir: string
  gridCodeScheme: GridCodeScheme
  timeZone: string
  language: Language
  /** months of cases held in memory, back from the newest case */
  hotMonths: number
  basemapStyleUrl: string | null
  tiandituKey: string | null
  /** an empty embedded database is filled with the demo district */
  demo: boolean
  /** the demo district goes on living */
  simulate: boolean
  logLevel: string
  /** megabytes of files that may be sent at once to be imported */
  uploadLimitMb: number
}

/** A setting that cannot be used; `message` names the variable and the remedy. */
export class ConfigError extends Error {}

/** @throws ConfigError for the first variable that cannot be used */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    host: env.HOST || '127.0.0.1',
    port: wholeNumber(env, 'PORT', 8080, 0, 65535),
    databaseUrl: env.DATABASE_URL || null,
    dataDir: resolve(env.DATA_DIR || '.data'),
    gridCodeScheme: oneOf(env, 'GRID_CODE_SCHEME', GRID_CODE_SCHEMES, 'cn15'),
    timeZone: timeZone(env),
    language: oneOf(env, 'DISTRICT_LANGUAGE', LANGUAGES, 'zh-CN'),
    hotMonths: wholeNumber(env, 'HOT_MONTHS', 13, 1, 1200),
    basemapStyleUrl: webAddress(env, 'BASEMAP_STYLE_URL'),
    tiandituKey: env.TIANDITU_KEY || null,
    demo: oneOf(env, 'DEMO', ['0', '1'], '1') === '1',
    simulate: oneOf(env, 'SIMULATE', ['0', '1'], '1') === '1',
    uploadLimitMb: wholeNumber(env, 'UPLOAD_LIMIT_MB', 2048, 1, 1_000_000),
    logLevel: oneOf(
      env,
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const,
      'warn',
    ),
  }
}

function wholeNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new ConfigError(
    `${name}=${text} is no whole number from ${min} to ${max}: correct it or leave it out.`,
  )
}

function oneOf<T extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  choices: readonly T[],
  fallback: T,
): T {
  const text = env[name]
  if (!text) return fallback
  const choice = choices.find((one) => one === text)
  if (choice) return choice
  throw new ConfigError(`${name}=${text} is not known: use one of ${choices.join(', ')}.`)
}

function webAddress(env: NodeJS.ProcessEnv, name: string): string | null {
  const text = env[name]
  if (!text) return null
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new ConfigError(
    `${name}=${text} is no whole web address: begin it with https:// and the host, or leave it out.`,
  )
}

function timeZone(env: NodeJS.ProcessEnv): string {
  const zone = env.DISTRICT_TIME_ZONE || 'Asia/Shanghai'
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new ConfigError(`DISTRICT_TIME_ZONE=${zone} is no IANA time zone: use one such as Asia/Shanghai.`)
  }
}
