import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Wall } from '../../../domain/wall/wall.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'
import { useVersion, useVersions } from '../use-walls.ts'
import { SceneThumbnail } from './scene-thumbnail.tsx'

interface VersionsListProps {
  id: number
  /** the one that is edited */
  current: number
  /** number of the version that is looked at; null: none */
  shown: number | null
  onShow(version: number | null): void
  /** takes its content into the edit, to be saved as a new version */
  onRestore(wall: Wall): void
}

/** Every version of a wall, the newest first; an old one can be looked at and taken up again. */
export function VersionsList({ id, current, shown, onShow, onRestore }: VersionsListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useErrorText()
  const versions = useVersions(id)
  const version = useVersion(id, shown).data
  const newestFirst = [...(versions.data ?? [])].sort((a, b) => b.version - a.version)
  return (
    <section className="desk-card panel" aria-labelledby="versions">
      <h2 id="versions">{t('wallDesk.versions')}</h2>
      {versions.error && <Alert type="error" showIcon role="alert" title={textOf(versions.error)} />}
      <div className="versions">
        <ol>
          {newestFirst.map((one) => (
            <li key={one.version}>
              <button
                type="button"
                className="plain version-choice"
                data-version={one.version}
                aria-current={one.version === shown}
                onClick={() => onShow(one.version)}
              >
                <strong>{t('wallDesk.version', { version: format.count(one.version) })}</strong>
                {one.version === current && <em>{t('wallDesk.inForce')}</em>}
                <small>
                  {one.changedBy} · {format.dateTime(secondsOf(one.changedAt))}
                </small>
              </button>
            </li>
          ))}
        </ol>
        {version && (
          <div className="version-shown" data-shown={version.version}>
            <header>
              <h3>
                {version.name} · {t('wallDesk.version', { version: format.count(version.version) })}
              </h3>
              {version.version !== current && (
                <Button type="primary" onClick={() => onRestore(version)}>
                  {t('wallDesk.restore')}
                </Button>
              )}
            </header>
            <ul>
              {version.content.scenes.map((scene) => (
                <li key={scene.id}>
                  <SceneThumbnail scene={scene} />
                  <span>{scene.title}</span>
                  <small>{t('wallDesk.secondsLong', { seconds: format.count(scene.seconds) })}</small>
                </li>
              ))}
            </ul>
            <p className="quiet">
              {t('wallDesk.holds', {
                programmes: format.count(version.content.programmes.length),
                rules: format.count(version.content.alarms.length),
              })}
            </p>
          </div>
        )}
      </div>
    </section>
  )
}
