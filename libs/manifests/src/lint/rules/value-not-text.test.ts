import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { valueNotText } from './value-not-text.ts';

const config = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  ${data}\n`;

it.each([
  [
    deployment({ labels: '{release: 1.10}', selector: '{a: b}' }),
    '6: Deployment web: label release is the number 1.1, and no text',
  ],
  [
    deployment({ labels: '{a: b}', selector: '{a: 1}' }),
    '4: Deployment web: selector label a is the number 1, and no text',
  ],
  [
    deployment({ annotations: '{prometheus.io/scrape: true}' }),
    '7: Deployment web: annotation prometheus.io/scrape is the truth value true, and no text',
  ],
  [
    deployment({ annotations: '{prometheus.io/scrape: yes}' }),
    '7: Deployment web: annotation prometheus.io/scrape is the truth value true, and no text',
  ],
  [
    deployment({ annotations: '{prometheus.io/port: 5555}' }),
    '7: Deployment web: annotation prometheus.io/port is the number 5555, and no text',
  ],
  [
    deployment({ container: 'env: [{name: PORT, value: 80}]' }),
    '8: Deployment web: variable PORT is the number 80, and no text',
  ],
  [
    deployment({ pod: 'nodeSelector: {disk: 1}' }),
    '7: Deployment web: node selector disk is the number 1, and no text',
  ],
  [
    service('web', '{app: web, version: 2}'),
    '4: Service web: selector label version is the number 2, and no text',
  ],
  [config('debug: off'), '5: ConfigMap c: key debug is the truth value false, and no text'],
])('finds a value that is none', (yaml, found) => {
  expect(problems(valueNotText, yaml)).toEqual([found]);
});

it('lets texts be, quoted or not, and what has no value', () => {
  const yaml = stream(
    deployment({ labels: '{release: 1.0.0, version: "1.10", a: }', selector: '{a: ""}' }),
    deployment({ container: 'env: [{name: A, value: "80"}, {name: B, valueFrom: {}}, {name: C}]' }),
    config('time: 12:30\n  octal: 0o17x\n  no: "no"'),
  );
  expect(problems(valueNotText, yaml)).toEqual([]);
});
