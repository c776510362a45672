/** What a person can ask of a rollout that another process drives. */
export type Command = 'pause' | 'resume' | 'promote' | 'promote full' | 'abort' | 'undo' | 'freeze';

/** A command as it waits in the record. */
export interface Request {
  /** Numbers every request of a rollout; the history names it. */
  readonly number: number;
  readonly command: Command;
  readonly reason: string;
  readonly by: string;
  /** When it was made, in milliseconds since the Unix epoch. */
  readonly at: number;
}
