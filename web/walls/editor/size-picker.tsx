import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEAST_PIXELS, MOST_PIXELS, textOfSize, WALL_SIZES, type WallSize } from './wall-size.ts'

const OWN = 'own'

/** How many pixels the wall has: the layout stands in its proportions. */
export function SizePicker({ size, onChange }: { size: WallSize; onChange(size: WallSize): void }) {
  const { t } = useTranslation()
  const text = textOfSize(size)
  const known = (WALL_SIZES as readonly string[]).includes(text)
  function choose(chosen: string): void {
    // One pixel more is a size of one's own to begin with
    const [width, height] = chosen.split('x').map(Number)
    if (chosen === OWN) onChange({ ...size, width: size.width + (known ? 1 : 0) })
    else onChange({ width: width!, height: height! })
  }
  return (
    <span className="size-picker">
      <Select
        aria-label={t('wallDesk.size')}
        value={known ? text : OWN}
        popupMatchSelectWidth={false}
        options={[
          ...WALL_SIZES.map((one) => ({ value: one as string, label: one.replace('x', ' × ') })),
          { value: OWN, label: t('wallDesk.ownSize') },
        ]}
        onChange={choose}
      />
      {!known &&
        (['width', 'height'] as const).map((side) => (
          <InputNumber
            key={side}
            aria-label={t(`wallDesk.${side}`)}
            min={LEAST_PIXELS}
            max={MOST_PIXELS}
            precision={0}
            value={size[side]}
            onChange={(value) => value !== null && onChange({ ...size, [side]: value })}
          />
        ))}
    </span>
  )
}
