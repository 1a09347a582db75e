// The fits of one run, done by its crew: each goes on from its last checkpoint, tells how far it is, and ends with the run's time.
import type { JobSpec } from '../records/job.ts';
import type { Crew } from './crew.ts';
import { canHalve } from './halves.ts';
import type { Notebook } from './notebook.ts';
import type { Recipe } from './recipe.ts';
import type { Reporter } from './reporter.ts';
import type { Learning } from './run-context.ts';

export function makeTeacher(options: {
  readonly crew: Crew;
  readonly job: Pick<JobSpec, 'threads' | 'deadlineSeconds'>;
  readonly recipe: Recipe;
  readonly notebook: Notebook;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  now(): number;
}): Learning {
  const { crew, job, recipe, notebook, reporter, signal } = options;
  const endsAt = options.now() + 1000 * job.deadlineSeconds;
  // One fit among others has one core, however many there are. A lone one is done by halves, or, where it cannot be, has all cores.
  const isLone = recipe.folds === 0;
  const byHalves = isLone && canHalve(recipe);
  const threads = isLone && !byHalves ? job.threads : 1;
  return {
    async learn(task) {
      const resume = await notebook.resumeOf(task.name);
      const learnt = await crew.does(
        'learn',
        {
          task,
          threads,
          halves: byHalves ? { helper: crew.helper() } : null,
          resume,
          // Read when its turn comes.
          get patience() {
            return endsAt - options.now();
          },
        },
        {
          hears: (news) =>
            'progress' in news ? reporter.fit(task.name, news.progress) : notebook.keep(task.name, news.checkpoint),
        },
      );
      reporter.fitted(task.name);
      return learnt;
    },
    atOnce: crew.size,
    signal,
    deadline: AbortSignal.timeout(job.deadlineSeconds * 1000),
  };
}
