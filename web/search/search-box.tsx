import {
  AimOutlined,
  BankOutlined,
  BorderOuterOutlined,
  EnvironmentOutlined,
  FlagOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../domain/search.ts'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import './search.css'
import { useSearch } from './use-search.ts'

const ICONS: Record<SearchHit['kind'], ReactNode> = {
  grid: <BorderOuterOutlined />,
  area: <FlagOutlined />,
  place: <EnvironmentOutlined />,
  building: <BankOutlined />,
  incident: <AimOutlined />,
}

interface SearchBoxProps {
  /** what lies near is found before what lies far */
  near: { lng: number; lat: number } | null
  onPick(hit: SearchHit): void
}

/** Finds places and cases; `/` goes to it from anywhere, arrows choose, Enter flies there, Escape leaves. */
export function SearchBox({ near, onPick }: SearchBoxProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const { hits, more, waiting, failed } = useSearch(text, near)
  const shown = open && text.trim() !== ''
  const chosen = Math.min(active, hits.length - 1)

  useSlashKey(input)

  const pick = (hit: SearchHit) => {
    setText(nameIn(language, hit))
    setOpen(false)
    input.current?.blur()
    onPick(hit)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A character being composed (pinyin) owns its keys
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined && hits.length > 0) {
      event.preventDefault()
      setOpen(true)
      setActive((chosen + step + hits.length) % hits.length)
    } else if (event.key === 'Enter' && shown && !waiting && hits[chosen]) {
      pick(hits[chosen])
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (shown) setOpen(false)
      else input.current?.blur()
    }
  }

  return (
    <search className="search">
      <SearchOutlined className="search-icon" aria-hidden="true" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder={t('search.placeholder')}
        title={t('search.label')}
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value)
          setActive(0)
          setOpen(true)
        }}
        onFocus={({ target }) => {
          target.select()
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd title={t('search.slash')}>/</kbd>
      {shown && (
        <div className="search-hits panel">
          <div id={`${id}-hits`} role="listbox" aria-label={t('search.hits')} aria-busy={waiting}>
            {hits.map((hit, number) => (
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
              <div
                key={`${hit.kind} ${hit.key}`}
                id={`${id}-${number}`}
                role="option"
                aria-selected={number === chosen}
                className="search-hit"
                data-kind={hit.kind}
                onMouseDown={(event) => event.preventDefault()}
                onMouseEnter={() => setActive(number)}
                onClick={() => pick(hit)}
              >
                <span className="search-hit-icon">{ICONS[hit.kind]}</span>
                <span className="search-hit-name">{nameIn(language, hit)}</span>
                <span className="search-hit-detail">{hit.detail}</span>
                <span className="search-hit-kind">{t(`search.kind.${hit.kind}`)}</span>
              </div>
            ))}
          </div>
          {more && !waiting && (
            <p className="search-note" role="status">
              {t('search.more')}
            </p>
          )}
          {hits.length === 0 && (
            <p className="search-note" role="status">
              {waiting ? t('search.waiting') : failed ? t('search.failed') : t('search.none')}
              {!waiting && !failed && <small>{t('search.findable')}</small>}
            </p>
          )}
        </div>
      )}
    </search>
  )
}

function useSlashKey(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const writing =
        event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || writing) return
      event.preventDefault()
      input.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [input])
}
