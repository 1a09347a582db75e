// Waiting for something to become true, instead of sleeping for as long as it usually takes.
import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again; fails after so many seconds. */
export async function until(condition: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain`);
    await sleep(20);
  }
}
