import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Counter, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { anyText } from './testing/any-text.ts';
import { parseTextFormat, readTextFormat, TextFormatError } from './text-format.ts';

describe('parseTextFormat refuses', () => {
  it.each([
    ['an HTML page', '<!doctype html>\n<p>hello</p>\n', 'expected a metric name, got "<!doctype'],
    ['JSON', '{"status":"UP"}', 'expected a metric name, got "{'],
    ['a name that starts with a digit', '1a 2', 'expected a metric name'],
    ['a quoted name, which is of version 1.0.0', '{"my.metric"} 2', 'expected a metric name'],
    ['a name alone', 'a', 'expected a blank after the metric name'],
    ['a name and a blank', 'a ', 'expected a number as the value'],
    ['a value that is no number', 'a xyz', 'expected a number as the value, got "a xyz"'],
    ['a name with a dot', 'a.b 2', 'expected a blank after the metric name'],
    ['a line feed of Windows', 'a 1\r\n', 'expected a number as the value, got "a 1\\r"'],
    ['a value with a comma', 'a 1,5', 'expected a number as the value'],
    ['a timestamp that is no integer', 'a 1 1.5', 'expected a timestamp in milliseconds'],
    ['a third number', 'a 1 2 3', 'expected nothing after the timestamp'],
    ['an exemplar, which is of OpenMetrics', 'a 1 # {x="1"} 1', 'expected a timestamp'],
    ['labels that were cut off', 'a{x="1"', 'expected "," or "}" after a label'],
    ['a label value that was cut off', 'a{x="1', 'expected a label such as name="value"'],
    ['a label without quotes', 'a{x=1} 1', 'expected a label such as name="value"'],
    ['a label with a colon', 'a{x:y="1"} 1', 'expected a label such as name="value"'],
    ['a comma first', 'a{,x="1"} 1', 'expected a label such as name="value"'],
    ['two commas', 'a{x="1",,} 1', 'expected a label such as name="value"'],
    ['no comma between labels', 'a{x="1" y="2"} 1', 'expected "," or "}" after a label'],
    ['the same label twice', 'a{x="1",x="2"} 1', 'expected the label x only once'],
    ['the name as a label', 'a{__name__="b"} 1', 'expected the name before the labels'],
    ['labels without a value', 'a{x="1"}', 'expected a number as the value'],
    ['labels twice', 'a{x="1"}{y="2"} 1', 'expected a number as the value'],
    ['an unknown type', '# TYPE a count', 'expected "# TYPE name" with counter, gauge'],
    ['a type without a name', '# TYPE counter', 'expected "# TYPE name" with counter, gauge'],
    ['help without a name', '# HELP ', 'expected "# HELP name text"'],
  ])('%s', (_, text, message) => {
    expect(() => parseTextFormat(text)).toThrow(TextFormatError);
    expect(() => parseTextFormat(text)).toThrow(message);
  });

  it('a bad line by its number, blank lines and comments counted', () => {
    const text = '# HELP a Help.\n# TYPE a counter\n\na 1\nb 2\nc\nd d\n';
    expect(() => parseTextFormat(text)).toThrow(
      'line 6 is not in the Prometheus text format: expected a blank after the metric name, got "c"',
    );
  });

  it('a long line without showing all of it', () => {
    const text = `<${'x'.repeat(1000)}`;
    expect(() => parseTextFormat(text)).toThrow(/got "<x{99}…"$/);
  });

  it('any text with no other error than its own', () => {
    const piece = fc.constantFrom('a', '{', '}', '"', '\\', '=', ',', ' ', '\n', '1', '#', 'TYPE');
    const texts = fc.oneof(
      anyText,
      fc.array(piece).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseTextFormat(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TextFormatError);
        }
      }),
    );
  });
});

describe('parseTextFormat', () => {
  it.each(['', '\n', '\n\n', '# a comment', '#', '#no blank', '# TYPED', '# HELP', ' \t\n'])(
    'finds no sample in %j',
    (text) => {
      expect(parseTextFormat(text)).toEqual([]);
    },
  );

  it('reads the example of the format', () => {
    const text = String.raw`# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
metric_without_timestamp_and_labels 12.47
something_weird{problem="division by zero"} +Inf -3982045
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="+Inf"} 144320
rpc_duration_seconds{quantile="0.99"} NaN`;
    const line = (name: string, labels: object, value: number, timestamp?: number) => ({
      name,
      labels,
      value,
      timestamp,
    });
    expect(parseTextFormat(text)).toEqual([
      line('http_requests_total', { method: 'post', code: '200' }, 1027, 1395066363000),
      line(
        'msdos_file_access_time_seconds',
        { path: 'C:\\DIR\\FILE.TXT', error: 'Cannot find file:\n"FILE.TXT"' },
        1458255915,
      ),
      line('metric_without_timestamp_and_labels', {}, 12.47),
      line('something_weird', { problem: 'division by zero' }, Infinity, -3982045),
      line('http_request_duration_seconds_bucket', { le: '0.05' }, 24054),
      line('http_request_duration_seconds_bucket', { le: '+Inf' }, 144320),
      line('rpc_duration_seconds', { quantile: '0.99' }, NaN),
    ]);
  });

  it('takes blanks and tabs between all parts, and a comma after the last label', () => {
    expect(parseTextFormat('\t a \t{ x = "1" , y="2" , } \t 3 \t 4 \n')).toEqual([
      { name: 'a', labels: { x: '1', y: '2' }, value: 3, timestamp: 4 },
    ]);
  });

  it('takes braces, commas and number signs in a label value for text', () => {
    expect(parseTextFormat('a{path="/{id},b=\\"c\\"} 1 # {"} 2')[0]).toMatchObject({
      labels: { path: '/{id},b="c"} 1 # {' },
      value: 2,
    });
  });

  it('leaves a backslash before another character as it stands', () => {
    expect(parseTextFormat(String.raw`a{x="\d\\n"} 1`)[0]?.labels).toEqual({ x: '\\d\\n' });
  });

  it('reads a label value as long as a whole exposition', () => {
    const long = '\\"'.repeat(2 ** 20);
    expect(parseTextFormat(`a{x="${long}",y="${'z'.repeat(2 ** 21)}"} 1`)[0]?.labels['x']).toBe(
      '"'.repeat(2 ** 20),
    );
  });

  it('reads back whatever is written by the rules', () => {
    const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
    const label = fc
      .oneof(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]*$/), fc.constant('__proto__'))
      .filter((text) => text !== '__name__');
    const sample = fc.record(
      {
        name,
        labels: fc
          .uniqueArray(fc.tuple(label, anyText), { selector: ([of]) => of })
          .map((entries) => Object.fromEntries(entries)),
        value: fc.double().map((value) => value + 0),
        timestamp: fc.option(fc.maxSafeInteger(), { nil: undefined }),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        expect(parseTextFormat(samples.map(written).join(''))).toStrictEqual(samples);
      }),
    );
  });

  it("reads prom-client's exposition as prom-client means it", async () => {
    const registers = [new Registry()];
    const requests = new Counter({ name: 'c_total', help: 'A\n\\', labelNames: ['p'], registers });
    const duration = new Histogram({ name: 'h', help: 'H', labelNames: ['m'], registers });
    for (const p of ['a"b', 'a\\nb', 'a\nb', '{}', 'ü€😀']) requests.inc({ p }, 3);
    for (const m of ['get', 'post']) duration.observe({ m }, 0.3);
    const meant = (await registers[0]!.getMetricsAsJSON()).flatMap((metric) =>
      (metric.values as { metricName?: string; labels: object; value: number }[]).map(
        ({ metricName = metric.name, labels, value }) => ({
          name: metricName,
          labels: Object.fromEntries(Object.entries(labels).map(([k, v]) => [k, String(v)])),
          value,
        }),
      ),
    );
    expect(meant).toHaveLength(5 + 2 * 14);
    expect(parseTextFormat(await registers[0]!.metrics())).toMatchObject(meant);
  });
});

describe('readTextFormat', () => {
  it.each([
    ['an HTML page', '<!doctype html>\n<p>hello</p>\n'],
    ['JSON', '{"status":"UP"}'],
    ['a hundred bad lines', `a 1\n${'b{ 1\n'.repeat(100)}`],
  ])('refuses %s', (_, text) => {
    expect(() => readTextFormat(text)).toThrow(TextFormatError);
  });

  it('leaves a bad line out by itself, and tells it', () => {
    const { samples, faults } = readTextFormat('a 1\nb{x="1\nc 2\n{"d.e"} 3\n');
    expect(samples.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(faults).toEqual([
      { name: 'b', message: expect.stringMatching(/^line 2 is not .* got "b\{x=/) as string },
      { name: undefined, message: expect.stringMatching(/^line 4 is not/) as string },
    ]);
  });

  it("reads OpenMetrics' exemplars, times, types and end", () => {
    const text = `# TYPE a counter
# UNIT a_seconds seconds
a_total 1.0 # {trace_id="x"} 0.5 1520879607.789
a_created 1520872607.123
# TYPE b gaugehistogram
b_bucket{le="1.0"} 2 1520879607.789 # {trace_id="y"} 0.67
# EOF
`;
    const { samples, faults } = readTextFormat(text);
    expect(faults).toEqual([]);
    expect(samples.map(({ name, value }) => [name, value])).toEqual([
      ['a_total', 1],
      ['a_created', 1520872607.123],
      ['b_bucket', 2],
    ]);
  });

  it.each(['a 1 x', 'a 1 2 3', 'a 1 2 x # {} 1'])('leaves out %j', (line) => {
    expect(readTextFormat(`b 1\n${line}`).faults).toHaveLength(1);
  });

  it('takes line feeds of Windows', () => {
    expect(readTextFormat('a 1\r\n')).toMatchObject({ samples: [{ value: 1 }], faults: [] });
  });

  it.each([
    // A trailing comma in the labels.
    ['quarkus.txt', 'http_server_requests_seconds_count'],
    // Exemplars and created times.
    ['flask.openmetrics.txt', 'flask_http_request_total'],
    // No types, and a space after a comma.
    ['victoriametrics.txt', 'requests_total'],
    // `# UNIT` in plain text.
    ['opentelemetry-node.txt', 'http_server_request_duration_count'],
  ])('reads all of what real libraries serve: %s', (file, counter) => {
    const text = readFileSync(new URL(`testing/expositions/${file}`, import.meta.url), 'utf8');
    const { samples, faults } = readTextFormat(text);
    expect(faults).toEqual([]);
    const count = (failed: boolean) =>
      samples
        .filter(({ name, labels }) => name === counter && isFailed(labels) === failed)
        .reduce((sum, { value }) => sum + value, 0);
    expect(count(true)).toBe(5);
    expect(count(false)).toBeGreaterThanOrEqual(26);
  });
});

function isFailed(labels: Readonly<Record<string, string>>): boolean {
  const names = ['status', 'code', 'http_response_status_code'];
  return names.some((name) => labels[name]?.startsWith('5') === true);
}

function written(sample: ReturnType<typeof parseTextFormat>[number]): string {
  const labels = Object.entries(sample.labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  const value =
    Math.abs(sample.value) === Infinity ? `${sample.value < 0 ? '-' : '+'}Inf` : sample.value;
  return `${sample.name}{${labels.join(',')}} ${value} ${sample.timestamp ?? ''}\n`;
}
