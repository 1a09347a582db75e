// Small values that a platform has to know of itself after a restart: which commands it registered, who has which menu.
import type { Sql } from './sql.ts';

export interface PlatformNotes {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Hands out the notes of one platform. */
export function makePlatformNotes(sql: Sql): (platform: string) => PlatformNotes {
  const select = sql.prepare<{ platform: string; name: string }, { value: string }>(
    'SELECT value FROM platform_notes WHERE platform = :platform AND name = :name',
  );
  const put = sql.prepare<{ platform: string; name: string; value: string }>(`
    INSERT INTO platform_notes (platform, name, value) VALUES (:platform, :name, :value)
    ON CONFLICT (platform, name) DO UPDATE SET value = excluded.value`);
  return (platform) => ({
    get: (name) => select.get({ platform, name })?.value,
    set: (name, value) => void put.run({ platform, name, value }),
  });
}
