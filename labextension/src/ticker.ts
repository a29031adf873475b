// Asks again every so often, one question at a time, for as long as there is something to wait for.

export class Ticker {
  /** `ask` is called `interval` milliseconds after `start`, and again after each answer until it answers false. */
  constructor(ask: () => Promise<boolean>, interval: number) {
    this._ask = ask;
    this._interval = interval;
  }

  get isRunning(): boolean {
    return this._timer !== null;
  }

  start(): void {
    if (this._timer === null) {
      this._schedule();
    }
  }

  stop(): void {
    if (this._timer !== null) {
      clearTimeout(this._timer);
      this._timer = null;
    }
  }

  private _schedule(): void {
    const timer = setTimeout(async () => {
      const again = await this._ask();
      if (this._timer !== timer) {
        return; // stopped, or stopped and started anew, while the answer was under way
      }
      this._timer = null;
      if (again) {
        this._schedule();
      }
    }, this._interval);
    this._timer = timer;
  }

  private readonly _ask: () => Promise<boolean>;
  private readonly _interval: number;
  private _timer: ReturnType<typeof setTimeout> | null = null;
}
