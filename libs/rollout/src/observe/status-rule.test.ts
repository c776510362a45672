import { expect, it } from 'vitest';
import { statusRule } from './status-rule.ts';

it('refuses a pattern that is none', () => {
  expect(() => statusRule('status', '(')).toThrow('errorStatus "(" is no regular expression');
});

it.each([
  '',
  'weird',
  '600',
  '20',
  '2x',
  '0000',
  '200.0',
  '-1',
  'Internal',
  'DATA_LOSS',
  '13',
  'true',
])('understands no %j', (value) => {
  expect(statusRule('status')(value)).toBeUndefined();
});

it.each(['100', '200', '304', '404', '499', '2xx', '4XX', 'OK', 'ok', 'success', 'SUCCESS'])(
  'takes %s for an answer',
  (value) => {
    expect(statusRule('code')(value)).toBe('answered');
  },
);

it.each(['Not Found', 'NOT_FOUND', "I'm a teapot", 'Too Many Requests', 'CLIENT_ERROR'])(
  'takes the name %s for an answer',
  (value) => {
    expect(statusRule('code')(value)).toBe('answered');
  },
);

it.each([
  '500',
  '599',
  '0',
  '000',
  '5xx',
  '5XX',
  'error',
  'ERROR',
  'failure',
  'failed',
  'exception',
])('takes %s for a failure', (value) => {
  expect(statusRule('status')(value)).toBe('failed');
});

it.each(['Internal Server Error', 'BAD_GATEWAY', 'ServiceUnavailable', 'SERVER_ERROR'])(
  'takes the name %s for a failure',
  (value) => {
    expect(statusRule('status')(value)).toBe('failed');
  },
);

it.each([
  ['OK', 'answered'],
  ['0', 'answered'],
  ['Internal', 'failed'],
  ['INTERNAL', 'failed'],
  ['13', 'failed'],
  ['NotFound', 'answered'],
  ['NOT_FOUND', 'answered'],
  ['Canceled', 'answered'],
  ['RESOURCE_EXHAUSTED', 'answered'],
  ['Unimplemented', 'failed'],
  ['DEADLINE_EXCEEDED', 'failed'],
  ['17', undefined],
  ['Weird', undefined],
])('reads gRPC code %s as %s where the label says so', (value, meaning) => {
  expect(statusRule('grpc_code')(value)).toBe(meaning);
});

it.each([
  ['envoy_response_code_class', '2', 'answered'],
  ['envoy_response_code_class', '5', 'failed'],
  ['envoy_response_code_class', '6', undefined],
  ['class', '4xx', 'answered'],
  ['ok', 'true', 'answered'],
  ['success', 'False', 'failed'],
  ['success', 'maybe', undefined],
])('reads %s="%s" as %s', (label, value, meaning) => {
  expect(statusRule(label)(value)).toBe(meaning);
});

it("reads gRPC's codes in a label of any name where the metric's name says so", () => {
  expect(statusRule('code', undefined, 'rpc_server_duration')('Unavailable')).toBe('failed');
  expect(statusRule('code', undefined, 'http_requests_total')('Unavailable')).toBeUndefined();
});

it("takes the user's pattern for the whole rule", () => {
  const rule = statusRule('status', '^(4|5)');
  expect(['404', '200', 'weird'].map(rule)).toEqual(['failed', 'answered', 'answered']);
});
