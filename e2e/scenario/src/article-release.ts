import { writeFile } from 'node:fs/promises';
import { parseParameters, renderObjects, type Images } from '@canary/manifests';
import { expect, test } from '@playwright/test';
import { countsOf, difference, type ReleaseCounts } from './counts.ts';
import {
  expectPrometheusSplit,
  expectReady,
  expectSplit,
  expectTargets,
  expectTraffic,
  isOf,
  say,
  summary,
} from './expectations.ts';
import { SPLIT_REQUESTS, V1, V2, type Pace } from './facts.ts';
import { trafficGraph } from './graph.ts';
import type { TrafficWatch, World } from './world.ts';

/** What a world tells about itself before its tests are declared. */
export interface ScenarioOptions {
  readonly world: () => World;
  readonly images?: Partial<Images>;
  /** How often the split is measured in a row. */
  readonly splitRuns?: number;
  readonly pace: Pace;
  /** On how many nodes four replicas are spread. */
  readonly nodes: number;
  /** Where the graph of the release is kept. */
  readonly graphFile: string;
}

/** Declares the article's release, from v1 alone to v2 alone, as tests that follow each other. */
export function articleRelease({
  world: worldOf,
  images = {},
  splitRuns = 1,
  nodes,
  pace,
  graphFile,
}: ScenarioOptions): void {
  const { rps, scrapeSeconds, steadySeconds, window } = pace;
  const parameters = parseParameters({ images, scrapeSeconds });
  const apply = (...names: string[]) => worldOf().apply(renderObjects(names, parameters));
  let traffic: TrafficWatch;
  let uid: string;

  test.describe('the article', () => {
    test.describe.configure({ mode: 'serial' });

    test('v1: four pods are ready, spread over the nodes', async () => {
      await apply('prometheus', 'v1');
      await expectReady(worldOf(), { appname: 'prometheus' }, 1);
      await expectReady(worldOf(), V1, 4);
      const pods = await worldOf().pods('myapp');
      expect(new Set(pods.map(({ node }) => node)).size).toBe(nodes);
      uid = await worldOf().serviceUid('myapp-svc');
    });

    test('v1: Prometheus has exactly its four pods as targets, all UP, labelled as the article does', async () => {
      await expectTargets(worldOf(), 'myapp', ['up', 'up', 'up', 'up']);
      const pods = await worldOf().pods('myapp');
      const targets = (await worldOf().targets()).filter(isOf('myapp'));
      for (const { labels, scrapeUrl } of targets) {
        const pod = pods.find(({ name }) => name === labels['kubernetes_pod_name']);
        expect(pod, `a pod named ${String(labels['kubernetes_pod_name'])}`).toBeDefined();
        expect(labels).toMatchObject({
          appname: 'myapp',
          release: V1.release,
          kubernetes_namespace: parameters.namespace,
          instance: pod!.scrapeAddress,
          job: 'kubernetes-pods',
        });
        expect(scrapeUrl).toBe(`http://${pod!.scrapeAddress}/metrics`);
      }
      expect(new Set(targets.map(({ labels }) => labels['kubernetes_pod_name'])).size).toBe(4);
    });

    test("v1: the article's graph shows the generated rate within 5 %", async () => {
      traffic = await worldOf().startTraffic(rps);
      await expectTraffic(
        traffic,
        `the first ${steadySeconds} s of load`,
        (report) => report.elapsedSeconds >= steadySeconds,
      );
      const formula = `sum(rate(http_requests_total{appname="myapp"}[${window}])) by (release)`;
      const result = await worldOf().query(formula);
      const rates: ReleaseCounts = Object.fromEntries(
        result.map(({ metric, samples }) => [metric['release'] ?? '', samples.at(-1)![1]]),
      );
      say(`rate by release: ${JSON.stringify(rates)} of ${rps} generated`);
      expect(Object.keys(rates)).toEqual([V1.release]);
      expect(rates[V1.release]).toBeGreaterThan(0.95 * rps);
      expect(rates[V1.release]).toBeLessThan(1.05 * rps);
    });

    test('counter-example: Tomcat is found, DOWN for a stated reason, and its metrics are nowhere', async () => {
      await apply('tomcat');
      await expectTargets(worldOf(), 'tomcat', ['down', 'down']);
      const errors = async () =>
        (await worldOf().targets()).filter(isOf('tomcat')).map(({ lastError }) => lastError);
      const refused = expect.stringContaining('server returned HTTP status 404');
      // Refused connections at first: Tomcat takes a few seconds to listen.
      await expect
        .poll(errors, { message: 'why they are DOWN', timeout: 60_000 })
        .toEqual([refused, refused]);
      const up = await worldOf().query('up{appname="tomcat"}');
      expect(up.map(({ samples }) => samples.at(-1)![1])).toEqual([0, 0]);
      expect(await worldOf().query('http_requests_total{appname="tomcat"}')).toEqual([]);
    });

    test('canary: one replica of v2 joins the same Service', async () => {
      await apply('v2');
      await expectReady(worldOf(), V2, 1);
      await expectTraffic(traffic, 'an answer of v2', (report) => V2.version in report.versions);
      await expectTargets(worldOf(), 'myapp', ['up', 'up', 'up', 'up', 'up']);
    });

    test('the platform holds the very objects that were rendered, as every other world does', async () => {
      const rendered = renderObjects(['v1', 'v2', 'tomcat', 'prometheus'], parameters);
      for (const object of rendered.filter(({ metadata }) => metadata.namespace !== undefined)) {
        expect(
          await worldOf().read(object),
          `${object.kind} ${object.metadata.name}`,
        ).toMatchObject(object);
      }
    });

    for (let run = 1; run <= splitRuns; run++) {
      test(`canary: a fifth of the requests reaches v2, by the client's count and by Prometheus' (${run})`, async () => {
        const before = traffic.reports().at(-1)!;
        const from = Date.now() / 1000;
        const [v1, v2] = [V1.version, V2.version];
        await expectTraffic(traffic, `${SPLIT_REQUESTS} requests`, (report) => {
          const { [v1]: stable, [v2]: canary } = difference(countsOf(report), countsOf(before));
          return stable! + canary! >= SPLIT_REQUESTS;
        });
        const now = traffic.reports().at(-1)!;
        expectSplit('client', difference(countsOf(now), countsOf(before)), [v1, v2]);
        await expectPrometheusSplit(worldOf(), from, pace);
      });
    }

    test('canary: Prometheus has counted what the client did', async () => {
      const total = await worldOf().query('sum(http_requests_total{appname="myapp"})');
      const queried = Date.now();
      await expectTraffic(traffic, 'a report after the query', (report) => report.at > queried);
      const reports = traffic.reports();
      const oldest = queried - (scrapeSeconds + 2) * 1000;
      const low = reports.findLast((report) => report.at <= oldest)!.answered;
      const high = reports.find((report) => report.at > queried)!.sent;
      const counted = total[0]!.samples.at(-1)![1];
      say(
        `Prometheus counted ${counted}, the client ${low} ${scrapeSeconds + 2} s before and ${high} at the query`,
      );
      expect(counted).toBeGreaterThanOrEqual(low);
      expect(counted).toBeLessThanOrEqual(high);
    });

    test("take-over: v2 grows to four, v1's Deployment goes, and v2 has all the traffic of the same Service", async () => {
      await worldOf().scale(V2.deployment, 4);
      await expectReady(worldOf(), V2, 4);
      await worldOf().deleteDeployment(V1.deployment);
      await expectReady(worldOf(), V1, 0);
      // From a report on in which nothing is left of what v1's pods were asked before they drained.
      const gone = Date.now() + 6000;
      await expectTraffic(traffic, 'v1 to have drained', (report) => report.at > gone);
      const before = traffic.reports().at(-1)!;
      await expectTraffic(
        traffic,
        '1000 more requests',
        (report) => report.answered >= before.answered + 1000,
      );
      const counts = difference(countsOf(traffic.reports().at(-1)!), countsOf(before));
      expect(counts[V1.version], 'requests that v1 still answered').toBe(0);
      expect(counts[V2.version]).toBeGreaterThanOrEqual(1000);
      expect(await worldOf().serviceUid('myapp-svc')).toBe(uid);
    });

    test('the graph shows it all: v1 alone, then both, then v2 alone', async () => {
      const formula = `sum(rate(http_requests_total{appname="myapp"}[${3 * scrapeSeconds}s])) by (release)`;
      const rateOfV2 = async () => {
        const rates = await worldOf().query(formula);
        return rates.find(({ metric }) => metric['release'] === V2.release)?.samples.at(-1)![1];
      };
      // A rate lags: it is that of its whole window.
      const all = { message: 'all traffic on v2 in the graph', timeout: 60_000, intervals: [1000] };
      await expect.poll(rateOfV2, all).toBeGreaterThan(0.95 * rps);
      const { elapsedSeconds } = traffic.reports().at(-1)!;
      const series = await worldOf().queryRange(formula, Math.ceil(elapsedSeconds));
      expect(series.map(({ metric }) => metric['release'])).toEqual([V1.release, V2.release]);
      const [v1, v2] = series.map(({ samples }) => samples);
      expect(v2![0]![0], 'v2 appears after v1').toBeGreaterThan(v1![0]![0] + steadySeconds / 2);
      await writeFile(graphFile, trafficGraph(formula, series));
    });

    test('no request was lost, from the first to the last', async () => {
      const report = await traffic.stop();
      say(`client: ${summary(report)}`);
      const { failed, networkErrors, skipped, inFlight } = report;
      expect({ failed, networkErrors, skipped, inFlight }).toEqual({
        failed: 0,
        networkErrors: {},
        skipped: 0,
        inFlight: 0,
      });
      expect(report.answered).toBe(report.sent);
      expect(report.sent / report.elapsedSeconds).toBeGreaterThanOrEqual(50);
    });
  });
}
