import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { serviceSeveralApps } from './service-several-apps.ts';

const web = { name: 'web', labels: '{app: web, tier: front}' };
const port = (image: string, number: number) =>
  `image: "${image}", ports: [{containerPort: ${number}}]`;

it('finds apps that their labels name', () => {
  const yaml = stream(
    service('front', '{tier: front}'),
    deployment(web),
    deployment({ name: 'api', labels: '{app: api, tier: front}' }),
  );
  expect(problems(serviceSeveralApps, yaml)).toEqual([
    '4: Service front: selector tier=front catches more than one app: Deployment web (web at 80 (http)) and Deployment api (web at 80 (http))',
  ]);
});

it('finds another image without the port that is asked for', () => {
  const yaml = stream(
    service('myapp', '{app: myapp}', 'ports: [{port: 5555}]'),
    deployment({
      name: 'v1',
      labels: '{app: myapp, release: "1"}',
      container: port('myapp:1', 5555),
    }),
    deployment({
      name: 't',
      labels: '{app: myapp, release: "9"}',
      container: port('tomcat:9', 8080),
    }),
  );
  expect(problems(serviceSeveralApps, yaml)).toEqual([
    '4: Service myapp: selector app=myapp catches more than one app: Deployment v1 (myapp at 5555) and Deployment t (tomcat at 8080)',
  ]);
});

const both = (labels: string, container = port('web:2', 80)) =>
  stream(
    service('front', '{tier: front}'),
    deployment(web),
    deployment({ name: 'other', labels, container }),
  );

it.each([
  ['a canary', both('{app: web-canary, tier: front}')],
  ['a second version', both('{app: web, tier: front}', port('registry.example/web-v2:1', 80))],
  ['another image at the same port', both('{app: web, tier: front}', port('proxy:1', 80))],
  ['an app without a name', both('{tier: front}')],
  ['a mere helper', both('{app: api, tier: back}')],
  [
    'a headless Service, which sends no traffic by itself',
    both('{app: api, tier: front}').replace('ports: [{port: 80}]}', 'clusterIP: None}'),
  ],
  [
    'a Job, which ends',
    both('{app: api, tier: front}').replace(
      /apps\/v1\nkind: Deployment(?![^]*kind: D)/,
      'batch/v1\nkind: Job',
    ),
  ],
])('lets %s be', (_, yaml) => {
  expect(problems(serviceSeveralApps, yaml)).toEqual([]);
});
