import { pageView, type Asset } from '@canary/api';
import { describe, expect, it } from 'vitest';
import { NOW, startedRecord, workload } from '../testing/objects.ts';
import { reportHtml } from './report-html.ts';

const file = (text: string): Asset => ({ body: new TextEncoder().encode(text), type: '' });
const files = new Map([
  ['/page.css', file('body { color: red }')],
  ['/page.js', file("document.title = '</script>'")],
]);

function view(reason: string) {
  return pageView({
    ...{ app: 'myapp', namespace: 'canary', frozen: undefined, targets: [], now: NOW },
    record: startedRecord({ reason, outcome: 'promoted', endedAt: NOW }),
    workloads: [workload('2.0.0', 4)],
  });
}

/** What a browser takes for elements. */
const scripts = (html: string) => [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];

describe('a report', () => {
  it('has script, style and figures inside, and fetches nothing', () => {
    const html = reportHtml(view('all went well'), files);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<style>body { color: red }</style>');
    expect(html).not.toMatch(/(src|href)=/);
    expect(scripts(html)).toHaveLength(2);
  });

  it('shows what the rollout says, and runs none of it', () => {
    const reason = '</script><script>alert(1)</script>';
    const [data] = scripts(reportHtml(view(reason), files));
    const shown = JSON.parse(data![2]!) as ReturnType<typeof view>;
    expect(shown.status.rollout?.reason).toBe(reason);
  });

  it('says what is missing of the page', () => {
    expect(() => reportHtml(view(''), new Map())).toThrow('the live page lacks /page.css');
  });
});
