import type { Metadata } from '@canary/rollout';
import { prometheusNumber } from './prometheus-number.ts';

/** One line of an exposition: a series and its value. */
export interface TextSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** In milliseconds since the Unix epoch; `undefined` in nearly every exposition. */
  readonly timestamp: number | undefined;
}

/** The text is not in Prometheus' text format; the message names the line and what was expected in it. */
export class TextFormatError extends Error {
  override readonly name = 'TextFormatError';
}

/**
 * Reads an exposition in Prometheus' text format, version 0.0.4, and takes nothing else.
 *
 * It is written here because no package on npm does that (looked at in November 2026):
 * `parse-prometheus-text-format` 1.1.1 takes an HTML page for metrics, drops a line that was cut off,
 * and merges the histograms of two label sets into one; `exposition` 1.2.0 keeps escapes as they are
 * and no bucket of a labelled histogram; `prom2javascript` 0.2.0 reads `C:\\new` with a line feed in
 * it. None shows upkeep: their build tools are of 2021 or before.
 *
 * @throws {TextFormatError} at the first line that is not in the format
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 *
 * @example
 * parseTextFormat('http_requests_total{method="get"} 3\n');
 * // [{ name: 'http_requests_total', labels: { method: 'get' }, value: 3, timestamp: undefined }]
 */
export function parseTextFormat(text: string): TextSample[] {
  const samples: TextSample[] = [];
  let number = 0;
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const line = new Line(text.slice(start, end), ++number);
    const sample = line.sample();
    if (sample) samples.push(sample);
    start = end + 1;
  }
  return samples;
}

/** A line that could not be read. */
export interface TextFault {
  /** The name that it begins with, if any. */
  readonly name: string | undefined;
  /** Which line, and what was expected in it. */
  readonly message: string;
}

/** With more bad lines than this, the text is something else. */
const MOST_FAULTS = 100;

/**
 * Reads what it can of an exposition, in Prometheus' text format or in OpenMetrics' text: a line that
 * is in neither is left out by itself, and told. Exemplars and the times of samples, which the two
 * write differently, are passed over; of metadata, types and units are kept, where they can be read.
 *
 * @throws {TextFormatError} where no line is a sample, or a hundred are none
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function readTextFormat(text: string): {
  readonly samples: readonly TextSample[];
  readonly faults: readonly TextFault[];
  /** By the names that stand in the metadata: in OpenMetrics those of counters lack their `_total`. */
  readonly metadata: ReadonlyMap<string, Metadata>;
} {
  const metadata = new Map<string, Metadata>();
  const samples: TextSample[] = [];
  const faults: TextFault[] = [];
  let first: TextFormatError | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    try {
      const sample = new Line(line, index + 1, true).sample();
      if (sample) samples.push(sample);
      else addMetadata(metadata, line);
    } catch (error) {
      if (!(error instanceof TextFormatError)) throw error;
      first ??= error;
      const name = /^[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(line)?.[1];
      faults.push({ name, message: error.message });
      if (faults.length >= MOST_FAULTS) throw first;
    }
  }
  if (first && samples.length === 0) throw first;
  return { samples, faults, metadata };
}

/** The first that is said of a name counts; some libraries say it twice. */
function addMetadata(metadata: Map<string, Metadata>, line: string): void {
  const [, what, name, value] = METADATA.exec(line) ?? [];
  if (what === undefined || name === undefined) return;
  const said = what === 'TYPE' ? { type: value! } : { unit: value! };
  metadata.set(name, { ...said, ...metadata.get(name) });
}

const METADATA =
  /^[ \t]*#[ \t]+(TYPE|UNIT)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]+([a-zA-Z]+)[ \t]*$/;

const BLANK = /[ \t]*/y;
const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*/y;
const WORD = /[^ \t]+/y;
const TIMESTAMP = /^-?\d+$/;
const TYPE = /^#[ \t]+TYPE[ \t]/;
const WHOLE_TYPE =
  /^#[ \t]+TYPE[ \t]+[a-zA-Z_:][a-zA-Z0-9_:]*[ \t]+(?:counter|gauge|histogram|summary|untyped)$/;
const HELP = /^#[ \t]+HELP[ \t]/;
const WHOLE_HELP = /^#[ \t]+HELP[ \t]+[a-zA-Z_:][a-zA-Z0-9_:]*(?:[ \t]|$)/;

/** Reads one line from left to right. */
class Line {
  readonly #text: string;
  readonly #number: number;
  /** Takes OpenMetrics, and any comment. */
  readonly #isLenient: boolean;
  #at = 0;

  constructor(text: string, number: number, isLenient = false) {
    this.#text = text;
    this.#number = number;
    this.#isLenient = isLenient;
  }

  sample(): TextSample | undefined {
    this.#match(BLANK);
    if (this.#at === this.#text.length) return undefined;
    if (this.#text[this.#at] === '#') {
      if (!this.#isLenient) this.#checkComment();
      return undefined;
    }
    const name = this.#match(NAME)?.[0] ?? this.#fail('a metric name');
    const gap = this.#match(BLANK)?.[0];
    const labels = this.#take('{') ? this.#labels() : {};
    if (this.#text[this.#at - 1] !== '}' && gap === '') this.#fail('a blank after the metric name');
    this.#match(BLANK);
    const value = prometheusNumber(this.#word()) ?? this.#fail('a number as the value');
    if (this.#isLenient) {
      this.#checkRest();
      return { name, labels, value, timestamp: undefined };
    }
    const timestamp = this.#word();
    if (timestamp !== '' && !TIMESTAMP.test(timestamp)) this.#fail('a timestamp in milliseconds');
    if (this.#at < this.#text.length) this.#fail('nothing after the timestamp');
    return { name, labels, value, timestamp: timestamp === '' ? undefined : Number(timestamp) };
  }

  /** A time, and an exemplar perhaps. */
  #checkRest(): void {
    const isExemplar = () => this.#text[this.#at] === '#';
    if (!isExemplar() && this.#at < this.#text.length) {
      if (prometheusNumber(this.#word()) === undefined) this.#fail('a timestamp');
    }
    if (!isExemplar() && this.#at < this.#text.length) this.#fail('nothing after the timestamp');
  }

  #labels(): Record<string, string> {
    const labels = new Map<string, string>();
    this.#match(BLANK);
    while (!this.#take('}')) {
      const [, name, value] = this.#match(LABEL) ?? this.#fail('a label such as name="value"');
      if (labels.has(name!)) this.#fail(`the label ${name!} only once`);
      if (name === '__name__') this.#fail('the name before the labels, and no label __name__');
      labels.set(name!, unescape(value!));
      if (this.#take(',')) this.#match(BLANK);
      else if (this.#text[this.#at] !== '}') this.#fail('"," or "}" after a label');
    }
    return Object.fromEntries(labels);
  }

  /** A comment may say anything, but one that starts like metadata has to be metadata. */
  #checkComment(): void {
    const comment = this.#text.slice(this.#at);
    if (TYPE.test(comment) && !WHOLE_TYPE.test(comment))
      this.#fail('"# TYPE name" with counter, gauge, histogram, summary or untyped');
    if (HELP.test(comment) && !WHOLE_HELP.test(comment)) this.#fail('"# HELP name text"');
  }

  /** The text up to the next blank, and past the blanks behind it; empty at the end of the line. */
  #word(): string {
    const word = this.#match(WORD)?.[0] ?? '';
    this.#match(BLANK);
    return word;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #fail(expected: string): never {
    const shown = this.#text.length > 100 ? `${this.#text.slice(0, 100)}…` : this.#text;
    throw new TextFormatError(
      `line ${this.#number} is not in the Prometheus text format: expected ${expected}, got ${JSON.stringify(shown)}`,
    );
  }
}

/** Only these three escapes exist; Prometheus leaves any other backslash as it stands. */
function unescape(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\"n])/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}
