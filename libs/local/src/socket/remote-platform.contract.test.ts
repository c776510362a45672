import { platformContract } from '@canary/rollout/contract';
import { startServedPlatform } from '../testing/served-platform.ts';

platformContract('The embedded platform that another process holds', async () => {
  const { remote, close } = await startServedPlatform();
  return { platform: remote, namespace: 'default', image: 'myapp:v1.0', close };
});
