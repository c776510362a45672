/** Milliseconds as `45 s`, `1 min 30 s` or `2 h 5 min`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).slice(0, 2);
  return shown.length === 0 ? '0 s' : shown.map(([number, unit]) => `${number} ${unit}`).join(' ');
}

/** A time that was estimated, to about two digits, in milliseconds. */
export function rough(ms: number): number {
  const seconds = ms / 1000;
  const unit = seconds < 90 ? 1 : seconds < 600 ? 10 : seconds < 7200 ? 60 : 600;
  return Math.round(seconds / unit) * unit * 1000;
}

/** An estimated time as `about 8 min 30 s`. */
export function aboutText(ms: number): string {
  return `about ${durationText(rough(ms))}`;
}
