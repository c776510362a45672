import { apiClient, type PageView } from '@canary/api/client';
import { render } from 'hono/jsx/dom';
import { App } from './app.tsx';
import { PageStore } from './state/page-store.ts';
import { keepToken, takeToken } from './state/token.ts';
import { StoreContext } from './state/use-page.ts';
import './style/page.css';

/** A report has what it shows inside; the live page asks its server. */
const report = document.getElementById('report')?.textContent;
const root = document.getElementById('page')!;

if (report) showReport(JSON.parse(report) as PageView);
else showLive();

function showReport(view: PageView): void {
  const nobody = () => Promise.reject(new Error('a report takes no actions'));
  show(new PageStore('report', view), { act: nobody, onToken: () => undefined });
}

function showLive(): void {
  const store = new PageStore();
  let client = apiClient(location.origin, takeToken());
  const listen = () =>
    void client.listen(
      {
        onView: (view) => {
          store.setView(view);
        },
        onBacklog: (backlog) => {
          store.takeBacklog(backlog);
        },
        onSample: (sample) => {
          store.takeSample(sample);
        },
        onConnection: (state) => {
          store.setConnection(state);
        },
      },
      new AbortController().signal,
    );
  show(store, {
    act: (action, reason) => client.act(action, reason),
    onToken: (token) => {
      keepToken(token);
      store.setConnection('connecting');
      client = apiClient(location.origin, token);
      listen();
    },
  });
  listen();
}

function show(store: PageStore, props: Parameters<typeof App>[0]): void {
  render(
    <StoreContext.Provider value={store}>
      <App {...props} />
    </StoreContext.Provider>,
    root,
  );
}
