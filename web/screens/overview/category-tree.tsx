import { Input, Tree } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../../domain/incident.ts'
import { useFormat } from '../../ui/format.ts'
import { nameIn } from '../../ui/language.ts'
import { useWindowHeight } from '../../ui/use-window-height.ts'

// What the bar and the parts of the panel above the tree take of the window
const ABOVE_PIXELS = 620
const LEAST_PIXELS = 156

interface CategoryTreeProps {
  categories: readonly Category[]
  /** codes; an upper category stands for all below it */
  chosen: readonly string[]
  onChange(chosen: string[]): void
}

interface Node {
  key: string
  title: string
  children: Node[]
}

/** All levels of categories; any number of them can be chosen. */
export function CategoryTree({ categories, chosen, onChange }: CategoryTreeProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const treeHeight = Math.max(LEAST_PIXELS, useWindowHeight() - ABOVE_PIXELS)
  const [wanted, setWanted] = useState('')
  const [opened, setOpened] = useState<string[]>([])
  const nodes = useMemo(() => treeOf(categories, language), [categories, language])
  const needle = wanted.trim().toLowerCase()
  const shown = useMemo(() => nodesWith(nodes, needle), [nodes, needle])
  const leaves = useMemo(() => leavesOf(nodes, new Set(chosen)), [nodes, chosen])

  return (
    <div className="category-tree">
      <Input
        allowClear
        size="small"
        aria-label={t('filter.findCategory')}
        placeholder={t('filter.findCategory')}
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      {shown.length === 0 ? (
        <p className="quiet">{t('filter.noCategory')}</p>
      ) : (
        <Tree<Node>
          checkable
          selectable={false}
          titleRender={({ title }) => <span title={title}>{title}</span>}
          height={treeHeight}
          itemHeight={26}
          aria-label={t('filter.category')}
          treeData={shown}
          checkedKeys={[...leaves]}
          expandedKeys={needle ? shown.flatMap(allKeys) : opened}
          onExpand={(keys) => setOpened(keys.map(String))}
          onCheck={(_, { node, checked }) => {
            const next = new Set(leaves)
            for (const key of ownLeaves(nodes, node.key)) {
              if (checked) next.add(key)
              else next.delete(key)
            }
            onChange(shortest(nodes, next))
          }}
        />
      )}
    </div>
  )
}

function treeOf(categories: readonly Category[], language: 'zh-CN' | 'en'): Node[] {
  const nodes = new Map(
    categories.map((one) => [
      one.code,
      { key: one.code, title: nameIn(language, one), children: [] as Node[] },
    ]),
  )
  const tops: Node[] = []
  for (const { code, parentCode } of categories) {
    const parent = parentCode === null ? undefined : nodes.get(parentCode)
    ;(parent?.children ?? tops).push(nodes.get(code)!)
  }
  return tops
}

function nodesWith(nodes: readonly Node[], needle: string): Node[] {
  if (!needle) return [...nodes]
  const holds = ({ title, key }: Node) =>
    title.toLowerCase().includes(needle) || key.toLowerCase().includes(needle)
  return nodes.flatMap((node) => {
    if (holds(node)) return [node]
    const children = nodesWith(node.children, needle)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}

const allKeys = (node: Node): string[] => [node.key, ...node.children.flatMap(allKeys)]
const leafKeys = (node: Node): string[] =>
  node.children.length > 0 ? node.children.flatMap(leafKeys) : [node.key]

/** What is really counted: the lowest categories of those chosen. */
function leavesOf(nodes: readonly Node[], chosen: ReadonlySet<string>): Set<string> {
  return new Set(
    nodes.flatMap((node) => (chosen.has(node.key) ? leafKeys(node) : [...leavesOf(node.children, chosen)])),
  )
}

function ownLeaves(nodes: readonly Node[], key: string): string[] {
  return nodes.flatMap((node) => (node.key === key ? leafKeys(node) : ownLeaves(node.children, key)))
}

/** The fewest codes that stand for these leaves: a category instead of all below it. */
function shortest(nodes: readonly Node[], leaves: ReadonlySet<string>): string[] {
  return nodes.flatMap((node) => {
    if (leafKeys(node).every((key) => leaves.has(key))) return [node.key]
    return shortest(node.children, leaves)
  })
}
