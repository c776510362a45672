import { apiClient, type PageView } from '@canary/api/client';
import { render, useEffect, useState } from 'hono/jsx/dom';

function Page({ token }: { readonly token: string }) {
  const [view, setView] = useState<PageView | undefined>(undefined);
  useEffect(() => {
    const ending = new AbortController();
    const ignore = () => undefined;
    void apiClient(location.origin, token).listen(
      { onView: setView, onBacklog: ignore, onSample: ignore, onConnection: ignore },
      ending.signal,
    );
    return () => {
      ending.abort();
    };
  }, []);
  return <pre>{JSON.stringify(view?.status, null, 2)}</pre>;
}

const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
render(<Page token={token} />, document.getElementById('page')!);
