import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';

/**
 * A Prometheus configuration whose jobs find their pods here: `kubernetes_sd_configs` of the role
 * `pod` become `http_sd_configs`; relabelling, comments and all else stay as they are.
 *
 * @param url `discoveryUrl` of the platform
 * @throws an `Error` that names the job and the remedy, where one looks for something else than pods
 */
export function withLocalDiscovery(prometheusYaml: string, url: string): string {
  const document = parseDocument(prometheusYaml);
  const [fault] = document.errors;
  if (fault)
    throw new Error(`The Prometheus configuration is not YAML; correct it: ${fault.message}`, {
      cause: fault,
    });
  const jobs = document.get('scrape_configs');
  if (!isSeq(jobs)) return prometheusYaml;
  for (const job of jobs.items) {
    if (!isMap(job) || !job.has('kubernetes_sd_configs')) continue;
    const found = job.get('kubernetes_sd_configs');
    const entries = isSeq(found) ? found.items.filter((item) => isMap(item)) : [];
    const added = entries.map((entry) => httpDiscovery(entry, String(job.get('job_name')), url));
    const existing = job.get('http_sd_configs');
    const all = [...(isSeq(existing) ? existing.items : []), ...added];
    job.set('http_sd_configs', document.createNode(all));
    job.delete('kubernetes_sd_configs');
  }
  // Long regular expressions stay on their lines.
  return document.toString({ lineWidth: 0 });
}

function httpDiscovery(entry: YAMLMap, job: string, url: string) {
  const role = entry.get('role');
  if (role !== 'pod')
    throw new Error(
      `Job ${job} discovers the role ${String(role)}, which the embedded platform does not have; ` +
        'leave the job out, or use the role pod',
    );
  if (entry.has('selectors'))
    throw new Error(
      `Job ${job} discovers by selectors, which the embedded platform does not know; ` +
        'keep the wanted pods by relabelling',
    );
  const target = new URL(url);
  const names = entry.getIn(['namespaces', 'names']);
  for (const name of isSeq(names) ? names.items : [])
    target.searchParams.append('namespace', String(name));
  return { url: target.href, refresh_interval: '1s' };
}
