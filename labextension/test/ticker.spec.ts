import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ticker } from '../src/ticker';

describe('Ticker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks until the answer is no', async () => {
    const answers = [true, true, false];
    const ask = vi.fn(async () => answers.shift()!);
    const ticker = new Ticker(ask, 1000);
    ticker.start();
    ticker.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([ask.mock.calls.length, ticker.isRunning]).toEqual([3, false]);
  });

  it('asks no second question while the first is open', async () => {
    let answer: (again: boolean) => void = () => {};
    const ask = vi.fn(() => new Promise<boolean>(resolve => (answer = resolve)));
    const ticker = new Ticker(ask, 1000);
    ticker.start();
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).toHaveBeenCalledTimes(1);
    answer(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ask).toHaveBeenCalledTimes(2);
    ticker.stop();
  });

  it('does not go on after it was stopped with a question open', async () => {
    let answer: (again: boolean) => void = () => {};
    const ask = vi.fn(() => new Promise<boolean>(resolve => (answer = resolve)));
    const ticker = new Ticker(ask, 1000);
    ticker.start();
    await vi.advanceTimersByTimeAsync(1000);
    ticker.stop();
    answer(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect([ask.mock.calls.length, ticker.isRunning]).toEqual([1, false]);
  });
});
