/** The sizes of text, for what does not read tokens.css: antd, charts. */
export const TYPE_PIXELS = { xs: 11, s: 12, m: 13, l: 15, xl: 18, '2xl': 22, '3xl': 26 } as const

/** The same of walls, which are laid out 450 pixels high: the smallest is 1/40 of that and a little more. */
export const WALL_TYPE_PIXELS = { s: 11.5, m: 13, l: 16, xl: 21, figure: 42 } as const

/** The fonts of every text; the second and later ones only where the bundled one could not be loaded. */
export const FONT_FAMILY =
  "'Noto Sans SC Variable', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif"
