import type { Problem, Rule } from '../rule.ts';

/** Two containers of a pod at one port. */
export const portConflict: Rule = {
  id: 'port-conflict',
  severity: 'error',
  summary: 'two containers of a pod declare the same port, or a container one name twice',
  why: 'The containers of a pod share one network: the second that listens fails with "address already in use" and is restarted for ever. Two ports of one name in a container are refused by Kubernetes.',
  fix: 'Give each container a port of its own, and each port a name of its own.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, containers }) => {
      const problems: Problem[] = [];
      const takenBy = new Map<string, string>();
      for (const { name: container, ports, isInit } of containers) {
        const names = new Set<string>();
        for (const { number, name, protocol, path } of ports) {
          const other = takenBy.get(`${number}/${protocol}`);
          if (!isInit && other === undefined) takenBy.set(`${number}/${protocol}`, container);
          if (!isInit && other !== undefined && other !== container) {
            const message = `containers ${other} and ${container} both declare port ${number}/${protocol}`;
            problems.push({ manifest, path, message });
          }
          if (name !== undefined && names.has(name)) {
            const message = `container ${container} declares two ports named ${name}`;
            problems.push({ manifest, path, message });
          }
          if (name !== undefined) names.add(name);
        }
      }
      return problems;
    }),
};
