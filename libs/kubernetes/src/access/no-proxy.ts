import { BlockList, isIP } from 'node:net';

/**
 * Whether `NO_PROXY` has it that a URL is reached without a proxy, read as Go does, and so kubectl:
 * `*`, addresses, CIDR ranges, and domains with all below them (`.example.com` and `*.example.com`:
 * those below alone), each but the ranges with a port or without. Loopback never has one.
 *
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function isDirect(noProxy: string, { hostname, port, protocol }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const to = { host, port: port === '' ? (protocol === 'https:' ? '443' : '80') : port };
  if (host === 'localhost' || isLoopback(host)) return true;
  return noProxy.split(',').some((entry) => covers(entry.trim().toLowerCase(), to));
}

function covers(entry: string, { host, port }: { host: string; port: string }): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const range = /^(.+)\/(\d+)$/.exec(entry);
  if (range?.[1] && isIP(range[1])) return isIn(range[1], Number(range[2]), host);

  const [, name = entry, wanted] = /^(\[[^\]]*\]|[^:]*):(\d*)$/.exec(entry) ?? [];
  if (wanted !== undefined && wanted !== '' && wanted !== port) return false;
  const address = name.replace(/^\[|\]$/g, '');
  if (isIP(address)) return isIn(address, isIP(address) === 4 ? 32 : 128, host);
  if (address === '' || isIP(host)) return false;
  const domain = address.replace(/^\*\./, '.');
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

function isLoopback(host: string): boolean {
  return isIn('127.0.0.0', 8, host) || isIn('::1', 128, host);
}

function isIn(network: string, prefix: number, host: string): boolean {
  if (!isIP(host) || prefix > (isIP(network) === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, familyOf(network));
  return list.check(host, familyOf(host));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
