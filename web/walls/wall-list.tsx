import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { READY_MADE_WALL_ID } from '../../domain/wall/wall.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { useWalls } from './use-walls.ts'
import { WallActions } from './wall-actions.tsx'
import { WallForm, type WallFormJob } from './wall-form.tsx'
import './walls.css'

export interface WallLinks {
  edit(id: number): string
  remote(id: number): string
  preview(id: number): string
}

interface WallListProps {
  links: WallLinks
  mayManage: boolean
  maySteer: boolean
  /** a wall was made: its editor opens */
  onMade(id: number): void
}

const HEADS = ['name', 'version', 'changed'] as const

/** The walls, and what whoever is signed in can do with each. */
export function WallList({ links, mayManage, maySteer, onMade }: WallListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useErrorText()
  const { data: walls, error } = useWalls()
  const [job, setJob] = useState<WallFormJob | null>(null)
  return (
    <section className="desk-card panel" aria-labelledby="walls">
      <header>
        <h2 id="walls">
          {walls ? t('wallDesk.walls', { number: walls.length }) : t('wallDesk.wallsAwaited')}
        </h2>
        {mayManage && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setJob({ kind: 'new' })}>
            {t('wallDesk.newWall')}
          </Button>
        )}
      </header>
      {error && !walls && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      {walls?.length === 0 && (
        <p className="quiet">{t(mayManage ? 'wallDesk.noWallManage' : 'wallDesk.noWall')}</p>
      )}
      {walls && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        // biome-ignore lint/a11y/useSemanticElements: it is a part of a section already
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="walls">
          <table className="data-table desk-table">
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col" data-column={head}>
                    {t(`wallDesk.head.${head}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('walls.field.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              <tr data-wall-id={READY_MADE_WALL_ID}>
                <th scope="row">{t('wallDesk.readyMade')}</th>
                <td data-column="version" />
                <td className="quiet" data-column="changed">
                  {t('wallDesk.shipped')}
                </td>
                <td>
                  <WallActions
                    wall={{ id: READY_MADE_WALL_ID, name: t('wallDesk.readyMade'), version: 0 }}
                    isShipped
                    links={links}
                    mayManage={mayManage}
                    maySteer={maySteer}
                    onJob={setJob}
                  />
                </td>
              </tr>
              {walls.map((wall) => (
                <tr key={wall.id} data-wall-id={wall.id}>
                  <th scope="row">{wall.name}</th>
                  <td className="number" data-column="version">
                    {format.count(wall.version)}
                  </td>
                  <td className="time" data-column="changed">
                    {wall.changedBy} · {format.dateTime(secondsOf(wall.changedAt))}
                  </td>
                  <td>
                    <WallActions
                      wall={wall}
                      isShipped={false}
                      links={links}
                      mayManage={mayManage}
                      maySteer={maySteer}
                      onJob={setJob}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {job && (
        <WallForm
          job={job}
          onClose={() => setJob(null)}
          onDone={(wall) => {
            setJob(null)
            if (job.kind !== 'rename') onMade(wall.id)
          }}
        />
      )}
    </section>
  )
}
