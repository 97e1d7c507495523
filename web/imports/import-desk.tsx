import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select, Spin } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bbox, MultiPolygon } from '../../domain/geometry.ts'
import { IMPORT_FIELDS, IMPORT_KINDS, type ImportKind } from '../../domain/import-fields.ts'
import { type ImportJob, type Inspection, isOver, type Upload } from '../../domain/import-job.ts'
import type { ImportOption, ImportSettings } from '../../domain/import-options.ts'
import { ApiError } from '../api/request.ts'
import { ColumnTable } from './column-table.tsx'
import { DropZone } from './drop-zone.tsx'
import { FileFacts } from './file-facts.tsx'
import { FindingsList } from './findings-list.tsx'
import { FirstRows } from './first-rows.tsx'
import './imports.css'
import { beginImport, inspectAgain, removeUpload } from './import-api.ts'
import { columnOfField, firstSettings, placeSettings, statedSettings } from './import-settings.ts'
import { JobPanel } from './job-panel.tsx'
import { KindsList } from './kinds-list.tsx'
import { PlacePreview } from './place-preview.tsx'
import { sentencesOf, useSentences } from './sentences.ts'
import { SettingsForm } from './settings-form.tsx'
import { useFindings } from './use-findings.ts'
import { useJob } from './use-job.ts'
import { uploadKey, useUpload } from './use-upload.ts'

/** Looking again waits until nobody has typed for this long. */
const LOOK_AGAIN_AFTER_MS = 600

/** What the address names. */
export interface ImportView {
  upload: string | null
  job: number | null
}

interface ImportDeskProps {
  view: ImportView
  onView(view: ImportView): void
  /** shapes of the district as it is, for a small drawing */
  district: readonly MultiPolygon[]
  districtBbox: Bbox | null
  /** where the imported can be looked at */
  mapLink: ReactNode
}

/** From a file to rows in the database, the steps side by side: file, what it is, columns, check, import. */
export function ImportDesk({ view, onView, district, districtBbox, mapLink }: ImportDeskProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const job = useJob(view.job).data ?? null
  const isDone = job !== null && (job.state === 'done' || job.state === 'undone')
  // What is in the database is no longer among the uploads
  const uploaded = useUpload(isDone || (view.job !== null && job === null) ? null : view.upload)
  const upload = uploaded.data ?? null
  const isGone = uploaded.error instanceof ApiError && uploaded.error.status === 404
  const known = useLastInspection(upload)

  const onUploaded = (fresh: Upload) => {
    client.setQueryData(uploadKey(fresh.id), fresh)
    if (upload && !(job && !isOver(job.state))) void removeUpload(upload.id).catch(() => undefined)
    onView({ upload: fresh.id, job: null })
  }
  if (isDone || upload === null || isGone) {
    return (
      <div className="import-start">
        {isDone && (
          <section className="panel import-card" aria-label={t('imports.result')}>
            <h2>{t('imports.resultOf', { file: job.fileName })}</h2>
            <JobPanel job={job} rows={null} />
            <p className="downloads">{mapLink}</p>
          </section>
        )}
        <section className="panel import-card" aria-label={t('imports.stepFile')}>
          <h2>{t(isDone ? 'imports.nextFile' : 'imports.stepFile')}</h2>
          {isGone && !isDone && view.upload !== null && (
            <Alert type="info" showIcon title={t('imports.gone')} />
          )}
          <DropZone compact={false} onUploaded={onUploaded} />
        </section>
        {!isDone && <KindsList />}
      </div>
    )
  }
  return (
    <Steps
      key={upload.id}
      upload={upload}
      inspection={known}
      job={job}
      onUploaded={onUploaded}
      onJob={(id) => onView({ upload: upload.id, job: id })}
      district={district}
      districtBbox={districtBbox}
    />
  )
}

/** What is shown while the files are looked at again is what was known of them. */
function useLastInspection(upload: Upload | null): Inspection | null {
  const last = useRef<{ id: string; inspection: Inspection } | null>(null)
  if (upload?.inspection) last.current = { id: upload.id, inspection: upload.inspection }
  return last.current?.id === upload?.id ? (last.current?.inspection ?? null) : null
}

interface StepsProps {
  upload: Upload
  inspection: Inspection | null
  job: ImportJob | null
  onUploaded(upload: Upload): void
  onJob(id: number): void
  district: readonly MultiPolygon[]
  districtBbox: Bbox | null
}

function Steps({ upload, inspection, job, onUploaded, onJob, district, districtBbox }: StepsProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { say, sayError } = useSentences()
  const [stated, setStated] = useState<{ kind: ImportKind | null; settings: ImportSettings } | null>(null)
  const [focus, setFocus] = useState<number | null>(null)
  const findings = useFindings(job) ?? null

  // A page that was loaded again goes on where its check was
  const first = job
    ? { kind: job.kind, settings: { ...firstSettings(null, EMPTY), ...job.settings } }
    : inspection && { kind: inspection.kind, settings: firstSettings(inspection.kind, inspection) }
  const { kind, settings } = stated ?? first ?? { kind: null, settings: firstSettings(null, EMPTY) }
  const change = (part: Partial<ImportSettings>) => setStated({ kind, settings: { ...settings, ...part } })

  const wanted = JSON.stringify(placeSettings(settings))
  const lookedAtWith = useRef<string | null>(null)
  useEffect(() => {
    if (!inspection && !upload.refusal) return
    lookedAtWith.current ??= JSON.stringify(placeSettings(firstSettings(null, EMPTY)))
    if (lookedAtWith.current === wanted) return
    const timer = setTimeout(() => {
      lookedAtWith.current = wanted
      inspectAgain(upload.id, JSON.parse(wanted)).then(
        (begun) => client.setQueryData(uploadKey(upload.id), begun),
        () => undefined,
      )
    }, LOOK_AGAIN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted, inspection, upload.refusal, upload.id, client])

  const begin = useMutation({
    mutationFn: (dryRun: boolean) =>
      beginImport({ uploadId: upload.id, kind: kind!, settings: statedSettings(kind!, settings), dryRun }),
    onSuccess: (begun) => {
      client.setQueryData(['import', begun.id], begun)
      setFocus(null)
      onJob(begun.id)
    },
  })

  const isRunning = job !== null && !isOver(job.state)
  const isStale =
    job !== null &&
    (kind !== job.kind ||
      kind === null ||
      JSON.stringify(statedSettings(kind, settings)) !==
        JSON.stringify(statedSettings(kind, { ...firstSettings(null, EMPTY), ...job.settings })))
  const refusals = [
    ...(upload.refusal ? [upload.refusal] : []),
    ...(inspection?.warnings ?? []),
    ...(job?.refusal && !isStale ? [job.refusal] : []),
  ]
  const faultsOf = (option: ImportOption) => [...new Set(sentencesOf(refusals, option).map(say))]
  const layers = upload.refusal?.choices ?? (settings.layer === null ? [] : [settings.layer])
  const isComplete = kind !== null && inspection !== null && isMapped(kind, inspection, settings.map)
  const isLooking = upload.state === 'inspecting'

  return (
    <div className="import-steps-grid">
      <section className="panel import-card" aria-label={t('imports.stepFile')}>
        <h2>
          <i>1</i>
          {t('imports.stepFile')}
        </h2>
        <p className="file-names" title={upload.files.map(({ name }) => name).join('\n')}>
          {upload.files.map(({ name }) => name).join(', ')}
        </p>
        {isLooking && (
          <p role="status" className="looking">
            <Spin size="small" /> {t('imports.looking')}
          </p>
        )}
        {upload.refusal &&
          sentencesOf([upload.refusal], null).map((one) => (
            <Alert key={one.sentence} type="error" showIcon title={say(one)} role="alert" />
          ))}
        {upload.refusal?.sentence === 'layer-unclear' && !inspection && (
          <div className="setting" data-option="layer" data-wrong="true">
            <p className="field-fault" role="alert">
              {say(upload.refusal)}
            </p>
            <Select
              size="small"
              aria-label={t('imports.chooseLayer')}
              value={settings.layer}
              placeholder={t('imports.chooseLayer')}
              options={layers.map((layer) => ({ value: layer, label: layer }))}
              onChange={(layer) => change({ layer })}
            />
          </div>
        )}
        {inspection && <FileFacts upload={upload} inspection={inspection} crsStated={settings.crs} />}
        {inspection && (inspection.bbox || findings) && (
          <PlacePreview
            inspection={inspection}
            district={district}
            districtBbox={districtBbox}
            findings={isStale ? null : findings}
            focus={focus}
          />
        )}
        {!isRunning && <DropZone compact onUploaded={onUploaded} />}
      </section>

      <section className="panel import-card" aria-label={t('imports.stepColumns')}>
        <h2>
          <i>2</i>
          {t('imports.stepColumns')}
        </h2>
        {inspection && (
          <>
            <div className="setting kind-setting">
              <label htmlFor="import-kind">{t('imports.kindLabel')}</label>
              <Select
                id="import-kind"
                value={kind}
                placeholder={t('imports.chooseKind')}
                disabled={isRunning}
                options={IMPORT_KINDS.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
                onChange={(chosen) =>
                  setStated({
                    kind: chosen,
                    settings: { ...firstSettings(chosen, inspection), ...placesKept(settings) },
                  })
                }
              />
            </div>
            {kind && inspection.remembered[kind] && !stated && (
              <p className="quiet">{t('imports.remembered')}</p>
            )}
            {kind && (
              <>
                <ColumnTable
                  kind={kind}
                  inspection={inspection}
                  map={settings.map}
                  faults={faultsOf('map')}
                  onChange={(map) => change({ map })}
                />
                <h3>{t('imports.options')}</h3>
                <SettingsForm
                  kind={kind}
                  settings={settings}
                  layers={layers}
                  hasPlaces={inspection.geometries.length > 0}
                  faultsOf={faultsOf}
                  onChange={change}
                />
              </>
            )}
          </>
        )}
      </section>

      <section className="panel import-card" aria-label={t('imports.stepCheck')}>
        <h2>
          <i>3</i>
          {t('imports.stepCheck')}
        </h2>
        <div className="import-actions">
          <Button
            type={job?.state === 'checked' && !isStale ? 'default' : 'primary'}
            disabled={!isComplete || isRunning || isLooking}
            loading={begin.isPending && begin.variables}
            onClick={() => begin.mutate(true)}
          >
            {t('imports.check')}
          </Button>
          <Button
            type={job?.state === 'checked' && !isStale ? 'primary' : 'default'}
            disabled={!isComplete || isRunning || isLooking}
            loading={begin.isPending && !begin.variables}
            onClick={() => begin.mutate(false)}
          >
            {t('imports.import')}
          </Button>
        </div>
        {begin.error &&
          sayError(begin.error).map((text) => (
            <Alert key={text} type="error" showIcon title={text} role="alert" />
          ))}
        {!job && <p className="quiet">{t(isComplete ? 'imports.checkText' : 'imports.incomplete')}</p>}
        {job && isStale && !isRunning && <Alert type="info" showIcon title={t('imports.stale')} />}
        {job && (!isStale || isRunning) && <JobPanel job={job} rows={inspection?.rows ?? null} />}
        {job && !isStale && findings && findings.features.length > 0 && (
          <FindingsList job={job} findings={findings} focus={focus} onFocus={setFocus} />
        )}
      </section>

      {inspection && (
        <section className="panel import-card import-wide" aria-label={t('imports.firstRows')}>
          <h2>{t('imports.firstRows')}</h2>
          <FirstRows inspection={inspection} />
        </section>
      )}
    </div>
  )
}

const EMPTY: Inspection = {
  ...{ files: [], rows: 0, unreadableRows: 0, columns: [], firstRows: [], geometries: [], bbox: null },
  ...{ points: [], outlines: [], kind: null, remembered: {}, warnings: [] },
}

/** How coordinates are read does not depend on what the rows are. */
function placesKept({ crs, swapAxes, layer }: ImportSettings): Partial<ImportSettings> {
  return { ...(crs !== null && { crs }), ...(swapAxes && { swapAxes }), ...(layer !== null && { layer }) }
}

function isMapped(kind: ImportKind, { columns }: Inspection, map: Readonly<Record<string, string>>): boolean {
  const chosen = columnOfField(kind, columns, map)
  const fields = Object.entries(IMPORT_FIELDS[kind]) as [string, { required: boolean }][]
  return fields.every(([field, { required }]) => !required || Boolean(chosen[field]))
}
