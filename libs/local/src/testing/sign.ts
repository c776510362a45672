import { ConflictError } from '@canary/rollout';
import { fileStore } from '../file-store.ts';

/**
 * A program that signs a stored list again and again, as several processes do at the same time.
 * Its arguments: the store's directory, its name, and how often it signs.
 */
const [directory = '', name = '', times = '0'] = process.argv.slice(2);
const store = fileStore(directory);

for (let number = 1; number <= Number(times); number++) await sign(`${name} ${number}`);

async function sign(signature: string): Promise<void> {
  for (;;) {
    const stored = await store.load<readonly string[]>('list');
    const list = stored?.value ?? [];
    if (list.includes(signature)) return;
    try {
      await store.save('list', [...list, signature], stored?.version);
      return;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}
