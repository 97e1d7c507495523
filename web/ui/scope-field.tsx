import { Radio, TreeSelect } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaProperties } from '../../domain/area.ts'
import type { Language } from '../../domain/district.ts'
import { EVERYTHING, type Scope } from '../../domain/scope.ts'
import { useFormat } from './format.ts'
import { nameIn } from './language.ts'

interface ScopeFieldProps {
  /** of the control that its label names; a form hands in this and the two below */
  id?: string
  value?: Scope
  onChange?(scope: Scope): void
  areas: readonly AreaProperties[]
  /** nothing but everything can be chosen */
  onlyEverything?: boolean
}

const isEverything = (scope: Scope) => scope.includes('')

/** Everything, or areas out of the tree of district, streets and communities. */
export function ScopeField({ id, value = [], onChange, areas, onlyEverything = false }: ScopeFieldProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const tree = useMemo(() => treeOf(areas, value, language), [areas, value, language])
  const all = onlyEverything || isEverything(value)
  return (
    <div className="scope-field">
      <Radio.Group
        aria-label={t('scope.label')}
        disabled={onlyEverything}
        value={all ? 'everything' : 'areas'}
        options={(['everything', 'areas'] as const).map((one) => ({ value: one, label: t(`scope.${one}`) }))}
        onChange={({ target }) => onChange?.(target.value === 'everything' ? EVERYTHING : [])}
      />
      {!all && (
        <TreeSelect
          {...(id && { id })}
          aria-label={t('scope.areas')}
          multiple
          showSearch={{ treeNodeFilterProp: 'title' }}
          treeDefaultExpandedKeys={areas.filter(({ level }) => level === 'district').map(({ code }) => code)}
          placeholder={t('scope.choose')}
          treeData={tree}
          value={[...value]}
          onChange={(codes: string[]) => onChange?.(withoutParts(codes))}
        />
      )}
    </div>
  )
}

/** An area holds its parts: beside it they say nothing. */
const withoutParts = (codes: readonly string[]) =>
  codes.filter((code) => !codes.some((other) => other !== code && code.startsWith(other)))

interface Node {
  value: string
  title: string
  disabled: boolean
  children: Node[]
}

function treeOf(areas: readonly AreaProperties[], chosen: Scope, language: Language): Node[] {
  const nodes = new Map(
    areas.map((area): [string, Node] => [
      area.code,
      {
        value: area.code,
        title: nameIn(language, area),
        disabled: chosen.some((code) => code !== area.code && area.code.startsWith(code)),
        children: [],
      },
    ]),
  )
  const roots: Node[] = []
  for (const { code, parentCode } of areas) {
    const siblings = (parentCode !== null && nodes.get(parentCode)?.children) || roots
    siblings.push(nodes.get(code)!)
  }
  return roots
}
