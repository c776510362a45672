import type { ActionName, ActionResult } from '@canary/api/client';
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { GraphContext } from './charts/graph-panel.tsx';
import { ActionDialog } from './parts/action-dialog.tsx';
import { Announcer } from './parts/announcer.tsx';
import { DotsPanel } from './parts/dots.tsx';
import { EventsPanel } from './parts/events.tsx';
import { ErrorGraph, LatencyGraph, TrafficGraph } from './parts/graphs.tsx';
import { Header } from './parts/header.tsx';
import { HelpDialog } from './parts/help-dialog.tsx';
import { JudgePanel } from './parts/judge.tsx';
import { PodsPanel } from './parts/pods.tsx';
import { SharesPanel } from './parts/shares.tsx';
import { StagesPanel } from './parts/stages.tsx';
import { SummaryPanel } from './parts/summary.tsx';
import { TokenForm } from './parts/token-form.tsx';
import { onKeys, type Keys } from './state/keys.ts';
import { initialTheme, rememberTheme, showTheme, type Theme } from './state/theme.ts';
import { useNews } from './state/use-news.ts';
import { PageContext, useStore } from './state/use-page.ts';
import { initialLanguage, languages, rememberLanguage, TextsContext } from './text/language.ts';

export interface AppProps {
  readonly act: (action: ActionName, reason: string) => Promise<ActionResult>;
  readonly onToken: (token: string) => void;
}

type Open = ActionName | 'help' | undefined;

/** How long a note of what was done is shown. */
const NOTE_MS = 6000;

/** The page. */
export function App({ act, onToken }: AppProps) {
  const page = useNews(useStore());
  const { view, connection } = page;
  const [theme, setTheme] = useState<Theme>(initialTheme);
  const [language, setLanguage] = useState(initialLanguage);
  const [range, setRange] = useState<'rollout' | 'recent'>('rollout');
  const [open, setOpen] = useState<Open>(undefined);
  const [said, setSaid] = useState('');
  const t = languages[language];
  const app = view?.status.app ?? 'canary';
  showTheme(theme);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t.title(app);
  }, [language, app]);
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => {
      setSaid('');
    }, NOTE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);

  const ask = (action: ActionName) => {
    if (view?.offers.includes(action)) setOpen(action);
  };
  const switchTheme = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    rememberTheme(next);
    setTheme(next);
  };
  const switchLanguage = () => {
    const next = language === 'en' ? 'zh' : 'en';
    rememberLanguage(next);
    setLanguage(next);
  };
  const switchRange = () => {
    setRange(range === 'rollout' ? 'recent' : 'rollout');
  };
  const close = () => {
    setOpen(undefined);
  };
  const keys: Keys = {
    p: () => {
      ask('promote');
    },
    s: () => {
      ask('pause');
    },
    r: () => {
      ask('resume');
    },
    a: () => {
      ask('abort');
    },
    g: switchRange,
    t: switchTheme,
    l: switchLanguage,
    '?': () => {
      setOpen('help');
    },
  };
  // What a key does is to fit what is shown, from the very moment on in which it is.
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => onKeys(() => latest.current), []);

  const note = noteOf();
  function noteOf(): string | undefined {
    if (connection === 'lost') return t.connection.lost;
    return view?.trouble ?? (said === '' ? undefined : said);
  }
  return (
    <PageContext.Provider value={page}>
      <TextsContext.Provider value={t}>
        <GraphContext.Provider value={{ range, theme }}>
          <Announcer said={said} />
          {connection === 'refused' ? (
            <TokenForm onToken={onToken} />
          ) : (
            <>
              <Header
                onAct={ask}
                onHelp={() => {
                  setOpen('help');
                }}
                onTheme={switchTheme}
                onLanguage={switchLanguage}
                onRange={switchRange}
                range={range}
              />
              {note === undefined ? null : <p class={`note ${connection}`}>{note}</p>}
              <main>
                <TrafficGraph />
                <SharesPanel />
                <StagesPanel />
                {connection === 'report' ? <SummaryPanel /> : <DotsPanel />}
                <ErrorGraph />
                <LatencyGraph />
                <JudgePanel />
                <PodsPanel />
                <EventsPanel />
              </main>
            </>
          )}
          {open === 'help' ? <HelpDialog onClose={close} /> : null}
          {open !== undefined && open !== 'help' ? (
            <ActionDialog key={open} action={open} act={act} onClose={close} onDone={setSaid} />
          ) : null}
        </GraphContext.Provider>
      </TextsContext.Provider>
    </PageContext.Provider>
  );
}
