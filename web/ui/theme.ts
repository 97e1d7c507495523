import { theme as antdTheme, type ThemeConfig } from 'antd'
import type { Theme } from './palettes.ts'
import { FONT_FAMILY, TYPE_PIXELS } from './scale.ts'

/** What tokens.css states too, for what is not antd. */
export const SURFACES = {
  dark: {
    colorPrimary: '#4aa8ff',
    colorInfo: '#4aa8ff',
    colorSuccess: '#3fcf8e',
    colorWarning: '#f2b134',
    colorError: '#ff7b72',
    colorBgBase: '#0a1322',
    colorBgContainer: '#101c30',
    colorBgElevated: '#15233b',
    colorBorder: '#2b3d5a',
    colorBorderSecondary: '#1e2e48',
    colorTextBase: '#e6edf7',
    // What antd derives is too faint to be read
    colorTextPlaceholder: '#8395af',
  },
  light: {
    colorPrimary: '#1264c8',
    colorInfo: '#1264c8',
    colorSuccess: '#15803d',
    // What antd derives from it is grey
    colorSuccessBg: '#e8f5ec',
    colorWarning: '#b45309',
    colorError: '#c8321f',
    colorBgBase: '#ffffff',
    colorBgContainer: '#ffffff',
    colorBgElevated: '#ffffff',
    colorBorder: '#c3cedd',
    colorBorderSecondary: '#dde4ee',
    colorTextBase: '#172b4d',
    colorTextPlaceholder: '#58667e',
    // Lighter than at rest it would miss the contrast of 4.5
    colorPrimaryHover: '#0f55ac',
  },
} satisfies Record<Theme, ThemeConfig['token']>

/** White misses the contrast of 4.5 on the dark theme's bright blue. */
const ON_PRIMARY: Record<Theme, string> = { dark: '#070d18', light: '#ffffff' }

const SEGMENT_TEXT: Record<Theme, string> = { dark: '#a9b9cf', light: '#42526e' }

export function antdThemeOf(theme: Theme, reducedMotion: boolean): ThemeConfig {
  const shade = theme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm
  return {
    algorithm: [shade, antdTheme.compactAlgorithm],
    token: {
      ...SURFACES[theme],
      fontFamily: FONT_FAMILY,
      // The compact algorithm takes two off
      fontSize: TYPE_PIXELS.m + 2,
      fontSizeSM: TYPE_PIXELS.xs + 2,
      borderRadius: 6,
      motion: !reducedMotion,
      wireframe: false,
    },
    components: {
      Tree: { nodeHoverBg: 'transparent', titleHeight: 26, indentSize: 16 },
      // antd's own grey misses the contrast of 4.5 on its track by a hair
      Segmented: { trackPadding: 2, itemColor: SEGMENT_TEXT[theme] },
      Button: { primaryColor: ON_PRIMARY[theme] },
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 6, headerBg: 'transparent' },
    },
  }
}
