// Small named values that belong to the data (not to the configuration).

export interface Meta {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  /** Sets it unless it is there; returns what is there now. */
  setOnce(key: string, value: string): string;
}
