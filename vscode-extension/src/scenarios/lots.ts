/**
 * Splits what is to be run into lots, each twice as large as the one before: the first results come
 * soon, a cancelled run ends soon, and what each request has to look at first is paid for few times.
 */

const FIRST = 8;
const LARGEST = 256;

export function* lots<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0, size = FIRST; start < items.length; start += size, size = Math.min(2 * size, LARGEST)) {
    yield items.slice(start, start + size);
  }
}
