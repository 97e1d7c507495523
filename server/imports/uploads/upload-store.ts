import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Upload } from '../../../domain/import-job.ts'
import { removeOlder } from './remove-older.ts'

const KEPT_HOURS = 24
const RECORD = 'upload.json'
/** Nobody sends for longer without a byte. */
export const LEFT_AFTER_MS = 3_600_000

/** A folder for files that are being sent; what is not kept is gone. */
export interface UploadFolder {
  id: string
  /** the place of file number `index` */
  pathOf(index: number, name: string): Promise<string>
  keep(files: Upload['files']): Promise<Upload>
  drop(): Promise<void>
}

/**
 * The files that were sent and wait to be imported, under DATA_DIR/uploads, each upload in a folder with a
 * record beside the files. They outlive the server; what is older than a day goes.
 */
export class UploadStore {
  readonly folder: string
  private readonly known = new Map<string, Upload>()
  /** uploads that an import reads, with how many do */
  private readonly inUse = new Map<string, number>()

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'uploads')
  }

  /** Finds what was sent before the server was stopped; removes what is too old, or was left half-sent. */
  async open(): Promise<void> {
    for (const id of await readdir(this.folder).catch(() => [])) {
      const upload = await this.readRecord(id)
      // It was to be looked at by a server that was stopped
      if (upload)
        this.known.set(id, upload.state === 'inspecting' ? { ...upload, state: 'inspected' } : upload)
    }
    await removeOlder(this.folder, LEFT_AFTER_MS, (id) => !this.known.has(id))
    await this.purge()
  }

  async purge(now = Date.now()): Promise<void> {
    for (const { id, createdAt } of [...this.known.values()]) {
      const isOld = now - Date.parse(createdAt) > KEPT_HOURS * 3_600_000
      if (isOld && !this.inUse.has(id)) await this.drop(id)
    }
  }

  async begin(): Promise<UploadFolder> {
    const id = randomUUID()
    const folder = join(this.folder, id)
    await mkdir(folder, { recursive: true })
    return {
      id,
      pathOf: async (index, name) => {
        await mkdir(join(folder, String(index)))
        return join(folder, String(index), name)
      },
      keep: async (files) => {
        const upload: Upload = {
          id,
          files,
          createdAt: new Date().toISOString(),
          state: 'inspecting',
          rowsSoFar: 0,
          inspection: null,
          refusal: null,
        }
        await this.save(upload)
        return upload
      },
      drop: () => rm(folder, { recursive: true, force: true }),
    }
  }

  find(id: string): Upload | null {
    return this.known.get(id) ?? null
  }

  pathsOf({ id, files }: Upload): string[] {
    return files.map(({ name }, index) => join(this.folder, id, String(index), name))
  }

  /** Without writing it down: how far an inspection has come. */
  note(id: string, change: Partial<Upload>): void {
    const upload = this.known.get(id)
    if (upload) this.known.set(id, { ...upload, ...change })
  }

  async save(upload: Upload): Promise<void> {
    this.known.set(upload.id, upload)
    const path = join(this.folder, upload.id, RECORD)
    try {
      // The looks at two states may end at once
      const fresh = `${path}.${randomUUID()}`
      await writeFile(fresh, JSON.stringify(upload))
      await rename(fresh, path)
    } catch (error) {
      // Somebody took the upload back meanwhile
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT'
      if (!isGone) throw error
      this.known.delete(upload.id)
    }
  }

  /** Removes the files, and keeps for a day what was wrong with them. */
  async dropFiles(upload: Upload): Promise<void> {
    for (const index of upload.files.keys()) {
      await rm(join(this.folder, upload.id, String(index)), { recursive: true, force: true })
    }
  }

  async drop(id: string): Promise<void> {
    this.known.delete(id)
    await rm(join(this.folder, id), { recursive: true, force: true })
  }

  /** Holds the purge off while `work` reads the files. */
  async using<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.inUse.set(id, (this.inUse.get(id) ?? 0) + 1)
    try {
      return await work()
    } finally {
      const left = this.inUse.get(id)! - 1
      if (left > 0) this.inUse.set(id, left)
      else this.inUse.delete(id)
    }
  }

  isInUse(id: string): boolean {
    return this.inUse.has(id)
  }

  private async readRecord(id: string): Promise<Upload | null> {
    try {
      return JSON.parse(await readFile(join(this.folder, id, RECORD), 'utf8')) as Upload
    } catch {
      return null
    }
  }
}
