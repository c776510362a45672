import { loadImages, pullMissing } from '@canary/kind';
import { GRAFANA, GRAFANA_PORT, GRAFANA_SECRET, GRAFANA_USER } from '@canary/manifests';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { cluster as clusterName, grafanaImage } from './environment.ts';
import { kubectl } from './kubectl.ts';

/** Grafana itself, where its image can be had. */
export function grafanaTests(space: string): void {
  test('Grafana logs in by its Secret, and has the dashboards and their Prometheus', async () => {
    test.setTimeout(420_000);
    const missing = await pullMissing([grafanaImage]).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    test.skip(
      missing !== undefined,
      `${grafanaImage} cannot be pulled; name one by GRAFANA_IMAGE: ${missing ?? ''}`,
    );
    await loadImages(clusterName, [grafanaImage]);
    const deployed = await canary(space, ['deploy', GRAFANA, '--timeout', '5m']);
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    expect(deployed.stdout).toContain(`made    Secret ${GRAFANA_SECRET}`);

    const secret = ['get', 'secret', GRAFANA_SECRET, '-o', 'jsonpath={.data.password}'];
    const encoded = await kubectl(secret, undefined, space);
    const password = Buffer.from(encoded, 'base64').toString();
    expect(deployed.stdout).not.toContain(password);

    const inside = `http://${GRAFANA_USER}:${password}@localhost:${GRAFANA_PORT}`;
    const ask = async (path: string) => {
      const curl = ['exec', `deploy/${GRAFANA}`, '--', 'wget', '-qO-', `${inside}${path}`];
      return JSON.parse(await kubectl(curl, undefined, space)) as unknown;
    };
    const found = (await ask('/api/search?tag=canary')) as readonly { readonly uid: string }[];
    expect(found.map(({ uid }) => uid).sort()).toEqual(['canary-release', 'canary-rollout']);
    const query = encodeURIComponent(
      'sum(rate(http_requests_total{appname="myapp"}[5m])) by (release)',
    );
    const answer = await ask(`/api/datasources/proxy/uid/prometheus/api/v1/query?query=${query}`);
    expect(answer).toMatchObject({
      status: 'success',
      data: {
        result: expect.arrayContaining([
          { metric: { release: '1.0.0' }, value: expect.anything() as unknown },
        ]) as unknown,
      },
    });

    // A second time the Secret stays what it is.
    const again = await canary(space, ['deploy', GRAFANA, '--timeout', '5m']);
    expect(again.stdout).not.toContain('made');
    expect(await kubectl(secret, undefined, space)).toBe(encoded);
  });
}
