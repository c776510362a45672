import type { ActionName, ActionResult, Actor } from '@canary/api';
import { isDriven, loadRollout, messageOf, requestCommand } from '@canary/rollout';
import type { Io } from '../command.ts';
import { driveRollout } from '../release/drive-rollout.ts';
import { takenIn } from '../release/taken-in.ts';
import type { Place } from '../site/with-site.ts';

/** How long the page waits to hear whether a command was followed. */
const PATIENCE_MS = 5000;

/**
 * Gives what is asked for on the page to whoever drives the rollout. Where nobody does, this process
 * drives it, as the commands of the terminal do; `driving` tells when it has ended doing so.
 */
export function rolloutActor(io: Io, place: Place): Actor & { driving: () => Promise<unknown> } {
  let driving: Promise<unknown> | undefined;
  const drive = () => {
    driving ??= driveRollout(io, place)
      .catch((error: unknown) => {
        io.err(`canary: ${messageOf(error)}`);
      })
      .finally(() => (driving = undefined));
  };
  return {
    driving: () => driving ?? Promise.resolve(),
    act: async (action, reason) => {
      const { site, app } = place;
      const { store, clock, user } = site;
      const { value: before } = await loadRollout(store, app);
      const by = `${user} on the page`;
      const { number } = await requestCommand({
        ...{ store, clock, key: app, command: action, reason, by },
      });
      io.err(`canary: ${action} was asked for on the page: ${reason}`);
      const isAlone = !isDriven(before, clock.now());
      if (isAlone && action === 'pause') {
        return {
          taken: false,
          note: 'nobody drives the release: it counts as soon as somebody does',
        };
      }
      if (isAlone) drive();
      return outcomeOf(place, number, action);
    },
  };
}

/** Whether the request with the number was taken in, and followed. */
async function outcomeOf(place: Place, number: number, action: ActionName): Promise<ActionResult> {
  const until = place.site.clock.now() + PATIENCE_MS;
  const entry = await takenIn(place, number, { until, signal: new AbortController().signal });
  if (!entry) return { taken: false, note: 'the driver has not taken it in yet' };
  if (entry.refusal === undefined) return { taken: true };
  return { taken: true, refusal: `cannot ${action}: ${entry.refusal}` };
}
