/** The sizes of text, for what does not read tokens.css: antd, charts. */
export const TYPE_PIXELS = { xs: 11, s: 12, m: 13, l: 15, xl: 18, '2xl': 22, '3xl': 26 } as const
