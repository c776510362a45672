import type { Finding } from '../lint.ts';
import type { RuleText } from '../rule.ts';
import { liveRules, rules } from '../rules.ts';

/** docs/lint.md, from the rules and from what they find in the article's manifests. */
export function rulesPage(article: readonly Finding[]): string {
  const found = article.map(
    ({ file, line, rule, object, message }) =>
      `- \`${file}:${line}\` [${rule}](#${rule}): ${object}: ${message}`,
  );
  return [
    INTRODUCTION,
    '## Rules',
    ...[...rules, ...liveRules].map(section),
    ARTICLE,
    found.join('\n'),
    AFTERWARDS,
  ].join('\n\n');
}

function section({ id, severity, summary, why, fix }: RuleText): string {
  return `### ${id}\n\n**${severity}**: ${summary}.\n\n${why}\n\nTo fix it: ${fix}`;
}

const INTRODUCTION = `<!-- Written from the rules by libs/manifests/src/lint/page.test.ts: change the rules, then run that test with -u. -->

# canary lint

Checks anyone's manifests for what makes a canary release go wrong, or makes it impossible to see how it goes.

\`\`\`sh
npx canary lint k8s/*.yaml
helm template shop ./chart | npx canary lint -
npx canary lint shop.yaml --live -n shop        # asks the running pods for their metrics, too
npx canary lint shop.yaml -o sarif > lint.sarif # for code scanning; -o json for scripts
npx canary lint --list
\`\`\`

It reads YAML and JSON: Deployments, StatefulSets, DaemonSets, ReplicaSets, Pods, Jobs, CronJobs, Services and ConfigMaps, alone or in a \`List\`; other objects are let be, and so are patches, whose containers have no image. All files of one call are looked at together, so a Service is found to match the pods of another file. Objects without a namespace go with each other.

An **error** does not work as it is written; a **warning** works until something happens. The exit code is 0 without a finding, 1 with one (with \`--fail-on error\`: with an error), and 2 where a file cannot be read or is no Kubernetes YAML.

A rule is left out with \`--disable <rule>\`, or for one object with its annotation \`canary/lint-disable: "image-tag, resources-missing"\`.`;

const ARTICLE = `## The article's manifests

The release that this project starts from, as its article has it (its Prometheus as a reader would deploy it), gets exactly these findings:`;

const AFTERWARDS = `What they mean there:

- The Tomcat of the article is labelled as the app, and the article's Service selects by that label alone: as long as both run, a part of the app's connections goes to Tomcat, where nothing listens at 5555. Ours has a label of its own. Each of the article's two files has a Service of that name, so it is found in both.
- The probes of all three Deployments ask the same for liveness and readiness, with the same patience: under too much load all replicas are restarted together. In ours liveness waits five times as long.
- Prometheus without requests is among the first to go when a node runs short, which is when one wants to look; without a readiness probe it is asked before it has read its data; and without a tag it is another version after each restart.

What cannot be found in manifests alone:

- That Tomcat serves no metrics: its annotations and its port are right. [metrics-live](#metrics-live) asks the pods.
- That the article's app dies at once on SIGTERM and loses requests: nothing in the manifests says how it ends. What they do say of a drain is held against the grace period by [grace-period](#grace-period).
- That one replica beside four gets 20 % of the connections, and not the 30 % of the article; that a client which keeps its connections alive sees another split; that five pods of 250m each need more than one node of two cores.
`;
