import type { Preset } from './preset.ts';

/** Requests are counted without their status as they begin, and with it as they are answered. */
export const aiohttpExporter: Preset = {
  name: 'aiohttp-prometheus-exporter',
  source: 'https://pypi.org/project/aiohttp-prometheus-exporter/',
  requests: ['\\w*aiohttp_responses_total'],
  status: ['status_code'],
};
