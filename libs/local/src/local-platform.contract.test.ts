import { platformContract } from '@canary/rollout/contract';
import { startTestPlatform } from './testing/test-platform.ts';

platformContract('The embedded platform', async () => {
  const { platform, close } = await startTestPlatform();
  return { platform, namespace: 'default', image: 'myapp:v1.0', close };
});
