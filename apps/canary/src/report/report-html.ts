import type { Asset, PageView } from '@canary/api';

/** What a report may do: run what is inside of it, and fetch nothing. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The live page as one file, with what it shows inside: it needs no server and no network.
 *
 * @param files of the live page, by their paths
 * @throws an `Error` naming the file of the page that is missing
 */
export function reportHtml(view: PageView, files: ReadonlyMap<string, Asset>): string {
  const title = `${view.status.app} ${view.status.rollout?.to ?? ''}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${textOf(files, '/page.css')}</style>`,
    '</head>',
    '<body>',
    '<div id="page"></div>',
    // No text of the rollout can end the element that it stands in.
    `<script type="application/json" id="report">${inScript(JSON.stringify(view))}</script>`,
    `<script type="module">${textOf(files, '/page.js').replaceAll('</script', '<\\/script')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function textOf(files: ReadonlyMap<string, Asset>, path: string): string {
  const file = files.get(path);
  if (!file) throw new Error(`the live page lacks ${path}: run npx nx build canary`);
  return new TextDecoder().decode(file.body);
}

function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
