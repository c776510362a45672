import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** What the page may weigh, in bytes on the wire. */
const LIMIT = 60_000;

const script = await readFile(new URL('dist/page/page.js', import.meta.url));
const size = gzipSync(script, { level: 9 }).length;
console.log(`page.js: ${size} bytes gzipped of ${LIMIT}`);
if (size >= LIMIT) {
  console.error(`page.js is ${size} bytes gzipped: ${LIMIT} is the limit, leave something out`);
  process.exitCode = 1;
}
