/** For a browser that came back from the issuer and may not in: no screen of ours is open there. */
export function refusedPage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not signed in · 未能登录</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em}</style>
<h1>Not signed in · 未能登录</h1>
<p>${escaped(sentence)}</p>
<p><a href="/">Back · 返回</a></p>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)
