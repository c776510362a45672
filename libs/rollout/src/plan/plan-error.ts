/** A release cannot be planned as wished; the message names each value and its remedy, a line each. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
