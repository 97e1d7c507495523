/**
 * Shares of the height inside the safe area that the title above and the line of trust below take. The layout's rows
 * stand between them.
 */
export const FRAME = { title: 0.085, trust: 0.05 } as const
