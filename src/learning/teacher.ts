// The fits of one run, done by its crew: each goes on from its last checkpoint, tells how far it is, and ends with the run's time.
import type { JobSpec } from '../records/job.ts';
import type { Crew } from './crew.ts';
import type { Notebook } from './notebook.ts';
import type { Recipe } from './recipe.ts';
import type { Reporter } from './reporter.ts';
import type { Learning } from './run-context.ts';

export function makeTeacher(options: {
  readonly crew: Crew;
  readonly job: Pick<JobSpec, 'threads' | 'deadlineSeconds'>;
  readonly recipe: Pick<Recipe, 'folds'>;
  readonly notebook: Notebook;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  now(): number;
}): Learning {
  const { crew, job, recipe, notebook, reporter, signal } = options;
  const endsAt = options.now() + 1000 * job.deadlineSeconds;
  // One fit among others has one core, however many there are; a lone one has them all.
  const threads = recipe.folds === 0 ? job.threads : 1;
  return {
    async learn(task) {
      const resume = await notebook.resumeOf(task.name);
      const learnt = await crew.does(
        'learn',
        {
          task,
          threads,
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
