import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import { RequestError } from '../errors.ts'

const KEY_BYTES = 32
/** in DATA_DIR */
export const CONTACT_KEY_FILE = 'contact.key'

/** The keys that contacts are sealed with. */
export class ContactKeys {
  #made: Promise<Uint8Array> | null = null

  constructor(
    private readonly config: Pick<Config, 'contactKey' | 'contactKeysOld' | 'dataDir'>,
    private readonly databaseKind: Database['kind'],
  ) {}

  /**
   * What is sealed from now on is sealed with this one. Beside the embedded database it is made when it is needed.
   * @throws RequestError where none is set
   */
  async current(): Promise<Uint8Array> {
    const { contactKey, dataDir } = this.config
    if (contactKey) return contactKey
    if (this.databaseKind !== 'embedded') {
      throw new RequestError(409, 'This server has no key to keep contacts with.', [
        {
          field: 'contact',
          reason: 'cannot be kept: neither CONTACT_KEY nor CONTACT_KEY_FILE is set on the server',
          remedy: 'Have CONTACT_KEY_FILE set (docs/operations.md), or report the case without a contact.',
        },
      ])
    }
    this.#made ??= readOrMake(dataDir).catch((error) => {
      this.#made = null
      throw error
    })
    return this.#made
  }

  /** Whether contacts can be kept at all; no key is made for asking. */
  get isSet(): boolean {
    return this.config.contactKey !== null || this.databaseKind === 'embedded'
  }

  /** Those that open what was sealed, the current one first. */
  async all(): Promise<Uint8Array[]> {
    return [await this.current(), ...this.config.contactKeysOld]
  }
}

async function readOrMake(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, CONTACT_KEY_FILE)
  const found = await read(path)
  if (found) return found
  await mkdir(dataDir, { recursive: true })
  // Whole or not at all: half a key would be lost with all that it sealed
  const making = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(making, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(making, 0o600)
    await link(making, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(making, { force: true })
  }
  return (await read(path))!
}

async function read(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new RequestError(409, 'This server cannot read its key of contacts.', [
    {
      field: 'contact',
      reason: `cannot be kept or read: ${CONTACT_KEY_FILE} in DATA_DIR holds no key of ${KEY_BYTES} bytes in base64`,
      remedy:
        'Have the copy of the key put back (docs/operations.md); another key does not open what this one sealed.',
    },
  ])
}
