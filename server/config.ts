import { join, resolve } from 'node:path'
import { LANGUAGES, type Language } from '../domain/district.ts'
import { GRID_CODE_SCHEMES, type GridCodeScheme } from '../domain/grid-code.ts'
import { EVERYTHING, type Scope } from '../domain/scope.ts'
import { type OpenIdSettings, readOpenIdSettings } from './access/open-id/settings.ts'
import { ConfigError, networks, oneOf, secret, webAddress, wholeNumber } from './env.ts'

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
  /** a session ends when nobody sat there for as long (browsers tell every minute at most), and `sessionHours` after the sign-in */
  sessionIdleMinutes: number
  sessionHours: number
  /** days that the audit is kept, and the file its heads are written to */
  auditRetentionDays: number
  auditHeadsFile: string
  /** with what contacts of reporters are sealed; null: none is stated */
  contactKey: Uint8Array | null
  /** keys that contacts were sealed with before */
  contactKeysOld: Uint8Array[]
  /** days after the end of its case that a contact is kept */
  contactRetentionDays: number
  /** megabytes of files that may be sent at once to be imported */
  uploadLimitMb: number
  /** requests a minute from one address; from one user or wall; sign-ins and pairings from one address */
  requestsPerAddress: number
  requestsPerUser: number
  attemptsPerAddress: number
  /** above it, for some seconds, requests are turned away */
  maxEventLoopDelayMs: number
  /** addresses and networks of proxies whose word on address, host and protocol is taken */
  trustedProxies: string[]
  /** where warnings of others (CAP 1.2) and the weather come from; null: none */
  capSourceUrl: string | null
  weatherUrl: string | null
  /** who the alarms are from that others read */
  capSender: string
  /** who has it may read /api/cap without signing in, of these areas */
  capToken: string | null
  capScope: Scope
  /** who has it may read /metrics without signing in */
  metricsToken: string | null
  /** the organisation's own sign-in; null: people sign in with a password */
  openId: OpenIdSettings | null
}

/** @throws ConfigError for the first variable that cannot be used */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(env.DATA_DIR || '.data')
  return {
    host: env.HOST || '127.0.0.1',
    port: wholeNumber(env, 'PORT', 8080, 0, 65535),
    databaseUrl: secret(env, 'DATABASE_URL'),
    dataDir,
    gridCodeScheme: oneOf(env, 'GRID_CODE_SCHEME', GRID_CODE_SCHEMES, 'cn15'),
    timeZone: timeZone(env),
    language: oneOf(env, 'DISTRICT_LANGUAGE', LANGUAGES, 'zh-CN'),
    hotMonths: wholeNumber(env, 'HOT_MONTHS', 13, 1, 1200),
    basemapStyleUrl: webAddress(env, 'BASEMAP_STYLE_URL'),
    tiandituKey: secret(env, 'TIANDITU_KEY'),
    demo: oneOf(env, 'DEMO', ['0', '1'], '1') === '1',
    simulate: oneOf(env, 'SIMULATE', ['0', '1'], '1') === '1',
    uploadLimitMb: wholeNumber(env, 'UPLOAD_LIMIT_MB', 2048, 1, 1_000_000),
    sessionIdleMinutes: wholeNumber(env, 'SESSION_IDLE_MINUTES', 60, 2, 100_000),
    sessionHours: wholeNumber(env, 'SESSION_HOURS', 12, 1, 10_000),
    auditRetentionDays: wholeNumber(env, 'AUDIT_RETENTION_DAYS', 180, 180, 36_500),
    auditHeadsFile: resolve(env.AUDIT_HEADS_FILE || join(dataDir, 'audit-heads.jsonl')),
    contactKey: contactKey(env),
    contactKeysOld: contactKeysOld(env),
    contactRetentionDays: wholeNumber(env, 'CONTACT_RETENTION_DAYS', 90, 1, 36_500),
    requestsPerAddress: wholeNumber(env, 'REQUESTS_PER_ADDRESS', 30_000, 1, 1_000_000_000),
    requestsPerUser: wholeNumber(env, 'REQUESTS_PER_USER', 6_000, 1, 1_000_000_000),
    attemptsPerAddress: wholeNumber(env, 'SIGN_INS_PER_ADDRESS', 120, 1, 1_000_000_000),
    maxEventLoopDelayMs: wholeNumber(env, 'MAX_EVENT_LOOP_DELAY_MS', 3_000, 1, 1_000_000),
    trustedProxies: networks(env, 'TRUSTED_PROXIES'),
    capSourceUrl: webAddress(env, 'CAP_SOURCE_URL'),
    weatherUrl: webAddress(env, 'WEATHER_URL'),
    capSender: capSender(env),
    capToken: secret(env, 'CAP_TOKEN'),
    capScope: capScope(env),
    metricsToken: secret(env, 'METRICS_TOKEN'),
    openId: readOpenIdSettings(env),
    logLevel: oneOf(
      env,
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const,
      'warn',
    ),
  }
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

/** What CAP allows as a sender. */
function capSender(env: NodeJS.ProcessEnv): string {
  const sender = env.CAP_SENDER || 'grid-management'
  if (/^[^\s,<&]{1,200}$/.test(sender)) return sender
  throw new ConfigError(
    `CAP_SENDER=${sender} has blanks, commas, < or &: use a name such as grid.example.gov.cn.`,
  )
}

/** Area codes with commas between them; none: the whole district. */
function capScope(env: NodeJS.ProcessEnv): Scope {
  const codes = (env.CAP_SCOPE ?? '').split(',').map((code) => code.trim())
  if (codes.length === 1 && codes[0] === '') return EVERYTHING
  if (codes.every((code) => /^[A-Za-z0-9._-]{1,40}$/.test(code))) return codes
  throw new ConfigError(
    `CAP_SCOPE=${env.CAP_SCOPE} is no list of area codes: write them with commas, such as 330106001,330106002.`,
  )
}

const KEY_BYTES = 32

/** What a key holds is never in a message. */
function contactKey(env: NodeJS.ProcessEnv): Uint8Array | null {
  const key = secret(env, 'CONTACT_KEY')
  return key === null ? null : keyFrom(key, 'CONTACT_KEY')
}

function contactKeysOld(env: NodeJS.ProcessEnv): Uint8Array[] {
  const keys = env.CONTACT_KEY_OLD?.split(',') ?? []
  return keys.filter((key) => key.trim() !== '').map((key) => keyFrom(key, 'CONTACT_KEY_OLD'))
}

function keyFrom(text: string, where: string): Uint8Array {
  const key = text.trim()
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length === KEY_BYTES && /^[A-Za-z0-9+/_-]+=?$/.test(key)) return bytes
  throw new ConfigError(
    `${where} holds no key of ${KEY_BYTES} bytes in base64: make one by openssl rand -base64 ${KEY_BYTES}.`,
  )
}
