import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { autoscaler } from './autoscaler.ts';

const scales = (kind: string, name: string) => ({
  autoscalers: [
    { metadata: { name: 'shop' }, spec: { scaleTargetRef: { kind, name }, maxReplicas: 6 } },
  ],
});

it('says who owns the replicas', () => {
  const [line] = found(autoscaler, scales('Deployment', 'shop'));
  expect(line).toMatch(
    /^info HorizontalPodAutoscaler shop: it owns the replicas of Deployment shop \(1 to 6\)/,
  );
});

it("finds nothing in others' autoscalers", () => {
  expect(found(autoscaler, scales('Deployment', 'cart'))).toEqual([]);
  expect(found(autoscaler, scales('StatefulSet', 'shop'))).toEqual([]);
});
