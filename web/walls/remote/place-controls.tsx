import { AimOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../domain/district.ts'
import type { SearchHit } from '../../../domain/search.ts'
import { MARK_LETTERS, type SteeringCommand } from '../../../domain/wall/steering.ts'
import { useFormat } from '../../ui/format.ts'
import { nameIn } from '../../ui/language.ts'

interface PlaceControlsProps {
  /** of the wall: what is read there */
  wallLanguage: Language
  search(onPick: (hit: SearchHit) => void): ReactNode
  disabled: boolean
  onCommand(command: SteeringCommand): void
}

/** Finds a place and takes the wall there, or marks it with words. */
export function PlaceControls({ wallLanguage, search, disabled, onCommand }: PlaceControlsProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const [hit, setHit] = useState<SearchHit | null>(null)
  const [words, setWords] = useState('')
  const wordsId = useId()
  const choose = (found: SearchHit) => {
    setHit(found)
    setWords(nameIn(wallLanguage, found).slice(0, MARK_LETTERS))
  }
  return (
    <section className="panel remote-part" aria-labelledby="remote-place">
      <h2 id="remote-place">{t('wallDesk.placeTitle')}</h2>
      <p className="quiet">{t('wallDesk.placeText')}</p>
      {search(choose)}
      {hit && (
        <div className="remote-place" data-place={hit.key}>
          <p>
            <strong>{nameIn(language, hit)}</strong> <small>{hit.detail}</small>
          </p>
          <Button
            size="large"
            icon={<SendOutlined aria-hidden />}
            disabled={disabled}
            onClick={() => onCommand({ kind: 'fly', lng: hit.lng, lat: hit.lat, zoom: hit.zoom })}
          >
            {t('wallDesk.fly')}
          </Button>
          <label htmlFor={wordsId}>{t('wallDesk.words')}</label>
          <Input
            id={wordsId}
            size="large"
            value={words}
            maxLength={MARK_LETTERS}
            onChange={({ target }) => setWords(target.value)}
          />
          <Button
            size="large"
            icon={<AimOutlined aria-hidden />}
            disabled={disabled}
            onClick={() => onCommand({ kind: 'point', lng: hit.lng, lat: hit.lat, text: words.trim() })}
          >
            {t('wallDesk.point')}
          </Button>
        </div>
      )}
    </section>
  )
}
