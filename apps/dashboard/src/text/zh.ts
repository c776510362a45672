import {
  countText,
  evidenceText,
  percentText,
  rough,
  type MetricStanding,
  type Promotion,
  type Standing,
} from '@canary/api/client';
import type { Texts } from './en.ts';

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), '小时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds % 60, '秒'],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).slice(0, 2);
  return shown.length === 0 ? '0 秒' : shown.map(([number, unit]) => `${number} ${unit}`).join(' ');
}

const NAMES = { errors: '错误', latency: '响应时间', restarts: '重启' } as const;

function stands(
  { metric, canary, stable, slowerThan, value, threshold }: MetricStanding,
  releases: Standing['releases'],
): string {
  if (canary.of === 0) return `${releases.canary} 尚无计数`;
  const [events, all] = [countText(canary.events), countText(canary.of)];
  if (metric === 'restarts')
    return `${releases.canary} 的 Pod 在 ${all} 秒内重启 ${events} 次，${releases.stable} 在 ${countText(stable.of)} 秒内 ${countText(stable.events)} 次`;
  const what = metric === 'errors' ? '失败' : `超过 ${slowerThan ?? 0} 秒`;
  return `${releases.canary} 的 ${all} 个请求中有 ${events} 个${what}（${percentText(value)}），达到 ${percentText(threshold)} 即劣于 ${releases.stable}`;
}

function promotion({ evidence, needed, isCounted, leftMs }: Promotion): string {
  const needs = `发布需要证据 ${countText(needed)}`;
  if (!isCounted) return `；${needs}，尚无可计入的请求：新 Pod 的请求不计入`;
  const has = `；${needs}，现有 ${evidenceText(evidence)}`;
  if (leftMs === undefined) return `${has}：按目前流量需一天以上，或永远不够`;
  return leftMs <= 0 ? has : `${has}：按目前流量约还需 ${duration(rough(leftMs))}`;
}

/** The page in Chinese, for the readers of the article. */
export const zh: Texts = {
  language: '中文',
  title: (app) => `${app} · 金丝雀发布`,
  noRollout: '尚无发布',
  releaseOf: (app, namespace) => `命名空间 ${namespace} 中的 ${app}`,
  stable: '稳定版',
  canary: '金丝雀',
  connection: {
    connecting: '正在连接…',
    open: '实时',
    lost: '连接中断，正在重试…',
    refused: '令牌不正确',
    report: '报告',
  },
  panels: {
    traffic: '每秒请求数',
    dots: '最近一秒',
    shares: '金丝雀的流量占比',
    stages: '阶段',
    pods: 'Pod',
    judge: '裁决：对金丝雀不利的证据',
    looks: '每次观察时金丝雀的占比',
    errors: '失败的请求',
    latency: '响应时间 p95',
    slow: '慢请求',
    events: '事件',
  },
  shares: { target: '目标', replicas: '副本', observed: '观测' },
  sharesNone: '本阶段尚无观测',
  sharesLabel: (name, value) => `${name}占比：${value}`,
  requestsOf: (canary, all) => `${all} 个请求中的 ${canary} 个`,
  dots: (counts, failed, seconds) =>
    `${seconds} 秒内：${counts}${failed > 0 ? `，失败 ${failed}` : ''}`,
  noRequests: '没有请求',
  stage: (number, all) => `第 ${number} 阶段，共 ${all} 阶段`,
  outcomes: {
    promoted: '已全量发布',
    'rolled back': '已回滚',
    held: '已搁置，等待人工处理',
    'timed out': '超时，已回滚',
    aborted: '已中止',
  },
  goingBack: '正在回退',
  underWay: '进行中',
  stageStates: {
    done: '已完成',
    'under way': '进行中',
    'to come': '未开始',
    'turned back': '在此回退',
    left: '未到达',
  },
  stages: {
    scale: (stable, canary) => `扩缩到 ${stable} + ${canary}`,
    time: (ms) => `观察 ${duration(ms)}`,
    verdict: '观察直到得出裁决',
    bake: {
      time: (ms) => `全量观察 ${duration(ms)}`,
      verdict: '全量观察直到得出裁决',
    },
    confirm: '等待人工确认',
    takeOver: '接管',
    removed: { stable: '移除稳定版', canary: '移除金丝雀' },
  },
  waits: {
    held: '人工处理：继续、发布或中止',
    driver: '驱动进程：canary start --resume',
    'first stage': '第一阶段',
    confirm: '人工确认：发布或中止',
    'way back': '回退完成',
    thaw: (by, reason) => `canary thaw：由 ${by} 冻结，${reason}`,
    resume: (by, reason) => `继续：由 ${by} 暂停，${reason}`,
    replicas: (stable, canary) =>
      stable === undefined ? `${canary} 个金丝雀副本就绪` : `${stable} + ${canary} 个副本就绪`,
    template: (name) => `${name} 换用新模板`,
    time: (ms) => `再观察 ${duration(ms)}`,
    verdict: (ms) => `裁决，最多还有 ${duration(ms)}`,
    removal: (name) => `${name} 被移除`,
  },
  waitsFor: (what) => `等待：${what}`,
  took: (ms) => `用时 ${duration(ms)}`,
  driver: (holder) => `由 ${holder} 驱动`,
  driverGone: (holder) => `${holder} 已不再驱动：用 canary start --resume 继续`,
  observation: (number) => `第 ${number} 次观察`,
  pod: {
    release: '版本',
    name: 'Pod',
    node: '节点',
    ready: '就绪',
    restarts: '重启',
    target: '抓取目标',
    isReady: '就绪',
    isLeaving: '正在退出',
    isNot: '未就绪',
    hasEnded: '已结束',
    none: '没有 Pod',
    up: 'UP',
    down: 'DOWN',
    waiting: '等待',
  },
  judge: {
    none: '此计划只等待时间，不作裁决。',
    noLook: '尚未观察。',
    needed: '回滚所需',
    metric: '指标',
    evidence: '证据',
    metrics: { errors: '错误', latency: '变慢', restarts: '重启' },
    verdicts: {
      promote: '发布',
      'roll back': '回滚',
      hold: '搁置',
      'no data': '无数据',
      undecided: '未定',
    },
    standing: {
      title: '各项指标的现状',
      metric: (metric, releases) =>
        `${NAMES[metric.metric]}：${stands(metric, releases)}${metric.promotion ? promotion(metric.promotion) : ''}`,
      blocked: (why) => `不能发布：${why}`,
      notJudged: (metric, why) => `${NAMES[metric]}：不作裁决，${why}`,
    },
  },
  notRecorded: '此次发布没有记录',
  none: '暂无',
  chart: (title, values) => `${title}：${values}`,
  now: (release, value) => `${release} ${value}`,
  range: { rollout: '图表：本次发布', recent: '图表：5 分钟' },
  actions: { promote: '发布', pause: '暂停', resume: '继续', abort: '中止' },
  actionTitles: {
    promote: (to) => `发布 ${to}？`,
    pause: (to) => `暂停 ${to} 的发布？`,
    resume: (to) => `继续 ${to} 的发布？`,
    abort: (to) => `中止 ${to} 的发布？`,
  },
  will: {
    next: (what) => `立即进入下一步：${what}。`,
    last: '随后即为全量发布。',
    pause: '在有人继续之前不再前进。已就绪的保持不变；失败的金丝雀仍会被撤回。',
    resume: (what) => `继续：${what}。`,
    abort: (from, replicas, to) =>
      `${from} 恢复到 ${replicas} 个副本，然后移除 ${to} 的 Deployment。全部流量回到 ${from}。`,
    nobody: '目前没有进程驱动此发布：将由本页的服务器驱动。',
  },
  reason: '原因（写入历史）',
  reasonNeeded: '请填写原因。',
  cancel: '取消',
  sending: '正在请求…',
  done: (action) => `${action}：已执行`,
  asked: (action) => `${action}：已请求`,
  readOnly: '只读',
  help: '帮助',
  close: '关闭',
  helpTitle: '按键',
  helpKeys: {
    p: '发布',
    s: '暂停',
    r: '继续',
    a: '中止',
    g: '图表：本次发布，或最近五分钟',
    t: '浅色或深色',
    l: '语言',
    '?': '本帮助',
    Esc: '关闭',
  },
  helpAbout:
    '蓝色是稳定版，橙色是金丝雀。圆点是已应答的请求，叉是失败的请求。观测占比附有 95 % 置信区间。',
  themes: { light: '浅色', dark: '深色' },
  switchTheme: '浅色或深色',
  switchLanguage: 'English',
  skip: '跳到数据',
  wrongToken: {
    title: '此页面需要令牌',
    text: '请打开 canary 打印的完整地址，包括 # 之后的部分。每次启动服务器都会更换令牌。',
    label: '令牌',
    use: '打开',
  },
  reportOf: (when) => `${when} 的报告`,
  refusedBecause: (why) => `被拒绝：${why}`,
};
