import { platformContract } from '../testing/platform-contract.ts';
import { startTestPlatform } from '../testing/test-platform.ts';

platformContract('The embedded platform', async () => {
  const { platform, close } = await startTestPlatform();
  return { platform, namespace: 'default', image: 'myapp:v1.0', close };
});
