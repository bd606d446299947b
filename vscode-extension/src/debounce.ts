/** Does something once there has been quiet for a while. */

import type { Disposable } from "vscode";

export class Debounced implements Disposable {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly work: () => void,
  ) {}

  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.work, this.milliseconds);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
