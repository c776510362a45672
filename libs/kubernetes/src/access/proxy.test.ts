import { describe, expect, it } from 'vitest';
import type { ClusterEntry } from './entries.ts';
import { proxyOf } from './proxy.ts';

const cluster = (server = 'https://api.example', proxyUrl?: string) =>
  ({ name: 'one', server, proxyUrl }) as ClusterEntry;

describe('proxyOf', () => {
  it.each([
    ['HTTPS_PROXY', 'http://%zz:canary-secret@'],
    ['https_proxy', 'http://me:canary-secret@proxy:port'],
  ])('refuses %s without showing what is in it', (name, value) => {
    const find = () => proxyOf(cluster(), { [name]: value });
    expect(find).toThrow(
      `cannot reach a cluster: ${name} is no URL; set it to one such as http://proxy:3128`,
    );
    expect(find).not.toThrow(/canary-secret/);
  });

  it('refuses a kind of proxy that it cannot speak to, without its password', () => {
    const find = () => proxyOf(cluster(), { HTTPS_PROXY: 'socks5://me:canary-secret@proxy:1080' });
    expect(find).toThrow('HTTPS_PROXY (socks5://proxy:1080) is a SOCKS proxy; use an HTTP one');
  });

  it.each([
    ['none', {}, undefined],
    ['that for TLS', { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:1' }, 'http://a:1'],
    ['no other one', { HTTP_PROXY: 'http://b:1', ALL_PROXY: 'http://c:1' }, undefined],
    ['one in lower case', { https_proxy: 'http://a:1' }, 'http://a:1'],
    [
      'upper before lower case',
      { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1' },
      'http://a:1',
    ],
    [
      'lower case where upper is empty',
      { HTTPS_PROXY: '', https_proxy: 'http://b:1' },
      'http://b:1',
    ],
    ['one without a scheme', { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
    ['none for what is excepted', { HTTPS_PROXY: 'http://a:1', no_proxy: '.example' }, undefined],
    [
      'none for SOCKS where it is excepted',
      { HTTPS_PROXY: 'socks5://a', NO_PROXY: '*' },
      undefined,
    ],
  ])('takes %s', (_, env, url) => {
    expect(proxyOf(cluster(), env)?.url).toBe(url);
  });

  it('takes that for HTTP where the server has no TLS', () => {
    const env = { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:1' };
    expect(proxyOf(cluster('http://api.example:8080'), env)?.url).toBe('http://b:1');
  });

  it("takes the cluster's own, whatever the environment excepts", () => {
    const env = { HTTPS_PROXY: 'http://a:1', NO_PROXY: '*' };
    expect(proxyOf(cluster('https://127.0.0.1', 'http://own:8080'), env)).toMatchObject({
      url: 'http://own:8080',
      from: 'the proxy-url of cluster "one"',
    });
  });

  it.each([
    ['http://jane:d%40e@proxy:3128', 'jane:d@e'],
    ['http://jane:100%@proxy:3128', 'jane:100%'],
    ['http://token@proxy:3128', 'token:'],
  ])('takes user and password out of %s', (HTTPS_PROXY, login) => {
    expect(proxyOf(cluster(), { HTTPS_PROXY })).toMatchObject({
      url: 'http://proxy:3128',
      authorization: `Basic ${btoa(login)}`,
    });
  });
});
