import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelOf } from '../../domain/wall/panel.ts'
import { imageAddress } from './wall-api.ts'

/** An image that is missing may come: with the server, or into its folder. */
const AGAIN_MS = 30_000

export const ImagePanel = ({ panel }: { panel: PanelOf<'image'> }) => (
  <Shown key={panel.image} name={panel.image} />
)

function Shown({ name }: { name: string }) {
  const { t } = useTranslation()
  const [isMissing, setMissing] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!isMissing) return
    const timer = setInterval(() => setTries((before) => before + 1), AGAIN_MS)
    return () => clearInterval(timer)
  }, [isMissing])
  return (
    <>
      {isMissing && <p className="wall-quiet">{t('wall.noImage')}</p>}
      <img
        key={tries}
        className="wall-image"
        data-missing={isMissing}
        src={imageAddress(name)}
        alt=""
        onLoad={() => setMissing(false)}
        onError={() => setMissing(true)}
      />
    </>
  )
}
