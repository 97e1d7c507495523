/** Names a build of the web pages by the script that they begin with, whose name holds a hash; null: no built page. */
export const releaseOf = (scriptAddress: string): string | null =>
  /\/assets\/[^/]*-([\w-]{8})\.js$/.exec(scriptAddress)?.[1] ?? null
