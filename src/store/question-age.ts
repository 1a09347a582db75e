// How old open questions are, counted in days that went by while the app looked at the clock (src/recognition/open-questions.ts).
import { z } from 'zod';
import { fromJson, type Sql, toJson } from './sql.ts';

export interface Age {
  /** When it was last looked, by the clock, ms. */
  readonly seenAt: number;
  /** What went by since the last mark, ms. */
  readonly passed: number;
  /** The newest prediction at the end of each day counted, oldest first. */
  readonly marks: readonly number[];
}

export interface QuestionAge {
  get(): Age | undefined;
  set(age: Age): void;
}

const marks = z.array(z.number());

export function makeQuestionAge(sql: Sql): QuestionAge {
  const select = sql.prepare<object, { seen_at: number; passed: number; marks: string }>('SELECT * FROM question_age');
  const put = sql.prepare<{ seenAt: number; passed: number; marks: string | null }>(`
    INSERT INTO question_age (id, seen_at, passed, marks) VALUES (1, :seenAt, :passed, :marks)
    ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, passed = excluded.passed, marks = excluded.marks`);
  return {
    get() {
      const row = select.get({});
      return row && { seenAt: row.seen_at, passed: row.passed, marks: fromJson(marks, row.marks) ?? [] };
    },
    set: (age) => void put.run({ ...age, marks: toJson(age.marks) }),
  };
}
