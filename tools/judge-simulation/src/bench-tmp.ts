import { World } from '/tmp/wt/sim/tools/judge-simulation/src/world/world.ts';
import { judgeOptions, beginStep, weigh } from '@canary/judge';
for (const scenario of ['independent','outagePhases'] as const) for (const rate of [1, 100,1000]) {
  const N=20;
  let t=performance.now();
  for (let i=0;i<N;i++){ const w=new World({rate,base:.01,times:1,latency:1,scenario},'x'+i); for(let s=0;s<=3600;s+=10) w.look(s);}
  const gen=(performance.now()-t)/N;
  for (const robust of [false,true]) {
  const o=judgeOptions({robust}); t=performance.now(); let rb=0, pr=0;
  for (let i=0;i<N;i++){ const w=new World({rate,base:.01,times:1,latency:1,scenario},'x'+i); let st=beginStep(undefined,0); let p=0; for(let s=0;s<=3600;s+=10){ const r=weigh(st,w.look(s).look,o); st=r.state; if(r.judgement.verdict==='roll back'){rb++;break;} if(r.judgement.verdict==='promote'&&!p){p=s;pr++}} }
  console.log(scenario,rate,robust,'gen',gen.toFixed(1),'weigh',((performance.now()-t)/N-gen).toFixed(1),'ms/run rb',rb,'promoted',pr);
  }
}
