import { expect, it } from 'vitest';
import { isDirect } from './no-proxy.ts';

// As golang.org/x/net/http/httpproxy has it.
it.each([
  ['', 'https://api.example', false],
  ['*', 'https://api.example', true],
  ['api.example', 'https://api.example', true],
  ['API.example', 'https://api.EXAMPLE', true],
  ['example', 'https://api.example', true],
  ['.example', 'https://api.example', true],
  ['.api.example', 'https://api.example', false],
  ['*.api.example', 'https://api.example', false],
  ['*.example', 'https://api.example', true],
  ['pi.example', 'https://api.example', false],
  ['other.example, api.example', 'https://api.example', true],
  ['other.example api.example', 'https://api.example', false],
  ['api.example:6443', 'https://api.example:6443', true],
  ['api.example:443', 'https://api.example', true],
  ['api.example:80', 'http://api.example', true],
  ['api.example:6443', 'https://api.example', false],
  ['.example:6443', 'https://api.example:6443', true],
  [':6443', 'https://api.example:6443', false],
  ['10.1.2.3', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:6443', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:443', 'https://10.1.2.3:6443', false],
  ['10.0.0.0/8', 'https://10.1.2.3', true],
  ['10.0.0.0/16', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://api.example', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['fd00::/8', 'https://[fd00::7]:6443', true],
  ['fd00::7', 'https://[fd00::7]:6443', true],
  ['[fd00::7]:6443', 'https://[fd00::7]:6443', true],
  ['[fd00::7]:443', 'https://[fd00::7]:6443', false],
  ['3', 'https://10.1.2.3', false],
  ['', 'https://localhost:6443', true],
  ['', 'https://127.3.2.1:6443', true],
  ['', 'https://[::1]:6443', true],
  ['', 'https://[::ffff:127.0.0.1]:6443', true],
  ['', 'https://localhost.example', false],
])('reads NO_PROXY=%s for %s as %s', (noProxy, url, direct) => {
  expect(isDirect(noProxy, new URL(url))).toBe(direct);
});
