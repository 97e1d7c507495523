import type {
  Findings,
  ImportJob,
  ImportJobPage,
  ImportOrder,
  RejectPage,
  Upload,
  UploadLimits,
} from '../../domain/import-job.ts'
import type { ImportSettings } from '../../domain/import-options.ts'
import { ApiError, address, ConnectionLost, getJson, problemOf, sendJson } from '../api/request.ts'

const API = '/api/imports'
/** Taking back millions of rows is one long transaction. */
const UNDO_LIMIT_MS = 30 * 60_000

export const fetchLimits = (signal?: AbortSignal) => getJson<UploadLimits>(`${API}/uploads/limits`, signal)

export const fetchUpload = (id: string, signal?: AbortSignal) =>
  getJson<Upload>(`${API}/uploads/${id}`, signal)

export const inspectAgain = (id: string, settings: Partial<ImportSettings>) =>
  sendJson<Upload>('POST', `${API}/uploads/${id}/inspection`, { settings })

export const removeUpload = (id: string) => sendJson<null>('DELETE', `${API}/uploads/${id}`)

export const beginImport = async (order: ImportOrder) => (await sendJson<ImportJob>('POST', API, order))!

export const fetchJob = (id: number, signal?: AbortSignal) => getJson<ImportJob>(`${API}/${id}`, signal)

export const fetchJobs = (cursor: string | null, signal?: AbortSignal) =>
  getJson<ImportJobPage>(address(API, { cursor, limit: 20 }), signal)

export const fetchRejects = (id: number, cursor: string | null, signal?: AbortSignal) =>
  getJson<RejectPage>(address(`${API}/${id}/rejects`, { cursor, limit: 100 }), signal)

export const fetchFindings = (id: number, signal?: AbortSignal) =>
  getJson<Findings>(`${API}/${id}/findings`, signal)

export const cancelJob = (id: number) => sendJson<ImportJob>('POST', `${API}/${id}/cancel`)

export const undoJob = (id: number) =>
  sendJson<ImportJob>('POST', `${API}/${id}/undo`, undefined, UNDO_LIMIT_MS)

export const reportAddress = (id: number, report: 'rejected' | 'problems' | 'changes') =>
  address(`${API}/${id}/report.csv`, { report })

/**
 * Sends files as one upload; `onSent` is told which share of the bytes has gone.
 * @throws ApiError, ConnectionLost; what `signal` gives when it is aborted
 */
export function sendFiles(
  files: readonly File[],
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Upload> {
  const form = new FormData()
  for (const file of files) form.append('files', file, file.name)
  return new Promise((resolve, reject) => {
    // fetch does not tell how much has gone
    const request = new XMLHttpRequest()
    request.open('POST', `${API}/uploads`)
    request.responseType = 'arraybuffer'
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const body = request.response as ArrayBuffer
      if (request.status === 201) resolve(JSON.parse(new TextDecoder().decode(body)) as Upload)
      else reject(new ApiError(request.status, problemOf(body)))
    }
    request.onerror = () => reject(new ConnectionLost('the upload broke off'))
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
