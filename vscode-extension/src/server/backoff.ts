/** When a server that died is started again: later each time, until that is no use. */

const WINDOW = 180_000; // deaths that are longer ago than this no longer count
const DELAYS = [0, 1, 2, 4, 8]; // seconds before each start

export class Backoff {
  private deaths: readonly number[] = [];

  /** Counts a death. The seconds to wait before the next start; none once it died too often. */
  died(now: number): number | undefined {
    this.deaths = [...this.deaths.filter((at) => now - at < WINDOW), now];
    return DELAYS[this.deaths.length - 1];
  }

  /** How often it died of late. */
  get count(): number {
    return this.deaths.length;
  }

  /** Somebody wants a new start: what was does not count. */
  forget(): void {
    this.deaths = [];
  }
}
